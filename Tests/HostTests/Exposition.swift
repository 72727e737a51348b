import Foundation

/// Prometheus' text format, read as strictly as its rules are written (text format 0.0.4).
struct Exposition {
    struct Sample: Equatable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    /// What is wrong with a text.
    struct Fault: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []

    init(_ text: String) throws {
        var current = ""
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: "\n") else { throw Fault("the last line is not ended") }
            let line = Array(rest[..<end])
            rest = rest[(end + 1)...]
            if line.starts(with: "# TYPE ".unicodeScalars) {
                current = try type(line)
            } else {
                let sample = try Self.sample(line)
                try admit(sample, to: current)
            }
        }
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private mutating func type(_ line: [Unicode.Scalar]) throws -> String {
        let words = Self.text(line).split(separator: " ").map(String.init)
        guard words.count == 4, Self.isName(words[2], colons: true) else { throw Fault("\(words) is no type") }
        guard ["counter", "gauge", "histogram"].contains(words[3]) else { throw Fault("\(words[3]) is no type") }
        guard types[words[2]] == nil else { throw Fault("\(words[2]) has two types, or is torn apart") }
        types[words[2]] = words[3]
        return words[2]
    }

    private mutating func admit(_ sample: Sample, to current: String) throws {
        let suffixes = types[current] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { sample.name == current + $0 }) else {
            throw Fault("\(sample.name) stands under \(current)")
        }
        let isKnown = samples.contains { $0.name == sample.name && $0.labels == sample.labels }
        guard !isKnown else { throw Fault("\(sample.name)\(sample.labels) stands there twice") }
        samples.append(sample)
    }

    private static func sample(_ line: [Unicode.Scalar]) throws -> Sample {
        let name = line.prefix { $0 != "{" && $0 != " " }
        var rest = line[name.endIndex...]
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while rest.first != "}" {
                let (label, value) = try label(&rest)
                guard labels.updateValue(value, forKey: label) == nil else { throw Fault("\(label) is given twice") }
                if rest.first == "," { rest = rest.dropFirst() } else if rest.first != "}" { throw Fault("no end") }
            }
            rest = rest.dropFirst()
        }
        let number = text(rest.dropFirst())
        guard isName(text(name), colons: true) else { throw Fault("“\(text(name))” is no name") }
        guard rest.first == " ", !number.isEmpty, let value = Double(number) else {
            throw Fault("“\(number)” is no value")
        }
        return Sample(name: text(name), labels: labels, value: value)
    }

    private static func label(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> (String, String) {
        let name = rest.prefix { $0 != "=" }
        guard isName(text(name), colons: false) else { throw Fault("“\(text(name))” is no label") }
        rest = rest[name.endIndex...].dropFirst()
        guard rest.popFirst() == "\"" else { throw Fault("\(text(name)) has no quotes") }
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return (text(name), String(value))
            case "\\":
                switch rest.popFirst() {
                case "n": value.append("\n")
                case "\\": value.append("\\")
                case "\"": value.append("\"")
                default: throw Fault("an escape that there is not")
                }
            default: value.append(scalar)
            }
        }
        throw Fault("\(text(name)) is not ended")
    }

    private static func isName(_ text: String, colons: Bool) -> Bool {
        guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
        return text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
                || colons && $0 == ":"
        }
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
