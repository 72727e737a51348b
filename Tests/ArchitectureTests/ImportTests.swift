import Testing

@Suite struct ImportTests {
    @Test func `the sources are where they are looked for`() {
        #expect(SourceTree.files.count > 50)
        #expect(SourceTree.files.contains { $0.path == "Sources/Money/Money.swift" })
    }

    @Test func `every part is in the table, and nothing lies beside the parts`() {
        #expect(SourceTree.parts.subtracting(Parts.all).sorted() == [], "not in Parts.swift")
        #expect(SourceTree.dialects.subtracting(Parts.dialects).sorted() == [], "not among the dialects of Parts.swift")
    }

    @Test(arguments: SourceTree.parts.sorted()) func `a part imports only what it may know`(part: String) {
        let allowed = Parts.mayImport(part)
        for (file, line, module) in imports(of: part) where Parts.all.contains(module) {
            #expect(allowed.contains(module), "\(file):\(line) imports \(module)")
        }
    }

    @Test(arguments: Parts.pure.sorted()) func `a pure part imports nothing from outside but what computes`(
        part: String
    ) {
        let allowed = Parts.all.union(Parts.pureMayImport[part] ?? [])
        for (file, line, module) in imports(of: part) {
            #expect(allowed.contains(module), "\(file):\(line) imports \(module)")
        }
    }

    @Test(arguments: Parts.reserved.map(\.module)) func `a library stays in the parts that it was taken for`(
        library: String
    ) {
        let parts = Parts.reserved.first { $0.module == library }?.parts ?? []
        for part in SourceTree.parts.subtracting(parts) {
            for (file, line, module) in imports(of: part) where module.hasPrefix(library) {
                Issue.record("\(file):\(line) imports \(module)")
            }
        }
    }

    @Test func `nothing under Sources is imported for testing`() {
        for file in SourceTree.files {
            for (index, line) in file.code.enumerated() where !ImportLine.modules(in: line).isEmpty {
                #expect(!line.contains("@testable"), "\(file.path):\(index + 1)")
            }
        }
    }

    private func imports(of part: String) -> [(file: String, line: Int, module: String)] {
        SourceTree.files.filter { $0.part == part }.flatMap { file in
            file.code.enumerated().flatMap { index, line in
                ImportLine.modules(in: line).map { (file.path, index + 1, $0) }
            }
        }
    }
}
