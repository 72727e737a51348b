import Foundation
import FoundationXML
import Money
import Payments

/// Reads camt.053 statements as their parser meets them: nothing of the file is kept but the entry that is being read.
final class CamtReader: NSObject, XMLParserDelegate {
    private static let mostDepth = 64
    /// The longest text of an element that is read, in bytes; the longest remittance has 140 characters.
    private static let mostText = 8_192

    private var gate: AccountGate
    private let currency: Currency
    private let emit: (StatementItem) throws -> Void
    private var keys = NaturalKeys()
    /// For each open element its place in the tree; -1 where it is not read.
    private var path = [0]
    private var text: [UInt8] = []
    private var code: String?
    private var entry: CamtEntry?
    private var statement = Statement()
    private var names: Set<String> = []
    private var hasMessage = false
    private var failure: (any Error)?

    /// The statement that is being read.
    private struct Statement {
        var id = ""
        var sequence = ""
        var account: String?
        /// Whether entries of it are taken; nil before the first.
        var isOwn: Bool?
        var line = 0
    }

    init(gate: AccountGate, currency: Currency, emit: @escaping (StatementItem) throws -> Void) {
        (self.gate, self.currency, self.emit) = (gate, currency, emit)
    }

    /// Throws `StatementFault`, and what `emit` throws.
    func read(_ stream: InputStream) throws {
        let parser = XMLParser(stream: stream)
        parser.delegate = self
        parser.shouldResolveExternalEntities = false
        let isWhole = parser.parse()
        if let failure { throw failure }
        guard isWhole else { throw Self.fault(at: parser) }
        guard hasMessage else { throw StatementFault("the file is no camt.053 statement (BkToCstmrStmt)") }
        try gate.finish(or: "the file holds no statement")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        step(parser) {
            guard path.count < Self.mostDepth else {
                throw StatementFault(line: parser.lineNumber, "elements stand more than \(Self.mostDepth) deep")
            }
            let above = path[path.count - 1]
            let node = above < 0 ? -1 : CamtPaths.tree.nodes[above].children[Self.local(name)] ?? -1
            // The root, and what it holds, say whether this is such a file at all.
            if node < 0, path.count <= 2, !hasMessage {
                throw StatementFault("the file is no camt.053 statement: it has <\(name.shown)>")
            }
            path.append(node)
            text.removeAll(keepingCapacity: true)
            guard node >= 0, let mark = CamtPaths.tree.nodes[node].mark else { return }
            code = mark.isText ? attributes["Ccy"] : nil
            begin(mark, line: parser.lineNumber)
        }
    }

    /// The parser would go on with what is left of a damaged text. What is complete stands, and nothing else is taken.
    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        guard !Self.warnings.contains((error as NSError).code) else { return }
        step(parser) { throw Self.fault(at: parser) }
    }

    /// What the parser says of the names of namespaces, which may be any text.
    private static let warnings = [99, 100]

    private static func fault(at parser: XMLParser) -> StatementFault {
        StatementFault(line: max(parser.lineNumber, 1), "the file is no XML from here on, or is cut off")
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard failure == nil else { return }
        let node = path[path.count - 1]
        guard node >= 0, let mark = CamtPaths.tree.nodes[node].mark, mark.isText else { return }
        guard text.count + string.utf8.count <= Self.mostText else {
            entry?.fault = "a text in it is longer than \(Self.mostText) bytes"
            return
        }
        text.append(contentsOf: string.utf8)
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        step(parser) {
            let node = path.removeLast()
            guard node >= 0, let mark = CamtPaths.tree.nodes[node].mark else { return }
            try end(mark, line: parser.lineNumber)
        }
    }

    private func begin(_ mark: CamtMark, line: Int) {
        switch mark {
        case .message: hasMessage = true
        case .statement:
            statement = Statement()
            statement.line = line
        case .entry: entry = CamtEntry(line: line)
        case .part:
            guard let count = entry?.parts.count, count < CamtEntry.mostParts else {
                entry?.fault = "the entry has more than \(CamtEntry.mostParts) transactions"
                return
            }
            entry?.parts.append(CamtPart())
        default: break
        }
    }

    private func end(_ mark: CamtMark, line: Int) throws {
        guard mark.isText else {
            if mark == .entry { try endEntry() }
            if mark == .statement, statement.isOwn == nil { _ = try admits() }
            return
        }
        let value = String(decoding: text, as: UTF8.self).tidied(atMost: Self.mostText) ?? ""
        text.removeAll(keepingCapacity: true)
        switch mark {
        case .statementID: statement.id = value
        case .sequence: statement.sequence = value
        case .account: statement.account = statement.account ?? value
        default: if !value.isEmpty || mark == .amount { entry?.take(value, mark, currency: code) }
        }
    }

    private func endEntry() throws {
        guard let entry else { return }
        self.entry = nil
        guard try admits() else { return }
        do {
            let (credits, debits) = try entry.credits(in: currency, &keys)
            for credit in credits { try emit(.credit(credit, line: entry.line)) }
            for _ in 0..<debits { try emit(.debit(line: entry.line)) }
        } catch let fault as Unreadable {
            try emit(.refused(RefusedLine(line: entry.line, reason: fault.reason)))
        }
    }

    /// Whether the statement is the account's, found out with its first entry: the account stands before.
    private func admits() throws -> Bool {
        if let isOwn = statement.isOwn { return isOwn }
        statement.isOwn = false
        guard let account = statement.account else {
            try emit(.refused(RefusedLine(line: statement.line, reason: "the statement names no account (Acct)")))
            return false
        }
        let (isOwn, refused) = gate.admits(account, line: statement.line)
        for refusal in refused { try emit(.refused(refusal)) }
        guard isOwn else { return false }
        guard names.count < 100_000 else { throw StatementFault("the file has too many statements") }
        guard names.insert("\(statement.id)|\(statement.sequence)").inserted else {
            let reason = "this statement stands in the file twice; the first was read"
            try emit(.refused(RefusedLine(line: statement.line, reason: reason)))
            return false
        }
        statement.isOwn = true
        return true
    }

    /// Keeps what goes wrong, and ends the parsing.
    private func step(_ parser: XMLParser, _ body: () throws -> Void) {
        guard failure == nil else { return }
        do {
            try body()
        } catch {
            failure = error
            parser.abortParsing()
        }
    }

    private static func local(_ name: String) -> String {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[name.index(after: colon)...])
    }
}
