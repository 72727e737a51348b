/// What an element of a camt.053 file is, wherever a version puts it.
enum CamtMark: UInt8 {
    case message, statement, statementID, sequence, account
    case entry, entryReference, amount, indicator, reversal, status, bookedDate, bookedTime, valueDate, valueTime
    case servicerReference, batchCount, entryInformation
    case part, partServicerReference, partTransactionID, partEndToEnd, partAmount, partIndicator
    case payerName, payerAccount, payerBIC, payerClearing, remittance, partInformation, acceptedTime

    /// Whether the element's own text is wanted.
    var isText: Bool {
        switch self {
        case .message, .statement, .entry, .part: false
        default: true
        }
    }
}

/// The elements that are read, as a tree of local names: one look into a small table for each element of the file,
/// whatever its version. 001.08 put a `Pty` around names and an `IBAN` or `Othr` was there from the start; 001.03 moved
/// the amount of a part out of `AmtDtls`.
struct CamtPaths {
    struct Node {
        var children: [String: Int] = [:]
        var mark: CamtMark?
    }

    static let tree = CamtPaths()
    private(set) var nodes = [Node()]

    private init() {
        let statement = "Document/BkToCstmrStmt/Stmt"
        let entry = statement + "/Ntry"
        let part = entry + "/NtryDtls/TxDtls"
        add("Document/BkToCstmrStmt", .message)
        add(statement, .statement)
        for (path, mark) in Self.ofStatement { add("\(statement)/\(path)", mark) }
        add(entry, .entry)
        for (path, mark) in Self.ofEntry { add("\(entry)/\(path)", mark) }
        add(part, .part)
        for (path, mark) in Self.ofPart { add("\(part)/\(path)", mark) }
    }

    private static let ofStatement: [(String, CamtMark)] = [
        ("Id", .statementID), ("ElctrncSeqNb", .sequence), ("Acct/Id/IBAN", .account), ("Acct/Id/Othr/Id", .account),
    ]

    private static let ofEntry: [(String, CamtMark)] = [
        ("NtryRef", .entryReference), ("Amt", .amount), ("CdtDbtInd", .indicator), ("RvslInd", .reversal),
        ("Sts", .status), ("Sts/Cd", .status), ("Sts/Prtry", .status), ("BookgDt/Dt", .bookedDate),
        ("BookgDt/DtTm", .bookedTime), ("ValDt/Dt", .valueDate), ("ValDt/DtTm", .valueTime),
        ("AcctSvcrRef", .servicerReference), ("NtryDtls/Btch/NbOfTxs", .batchCount),
        ("AddtlNtryInf", .entryInformation),
    ]

    private static let ofPart: [(String, CamtMark)] = [
        ("Refs/AcctSvcrRef", .partServicerReference), ("Refs/TxId", .partTransactionID),
        ("Refs/EndToEndId", .partEndToEnd), ("Amt", .partAmount), ("AmtDtls/TxAmt/Amt", .partAmount),
        ("CdtDbtInd", .partIndicator), ("RltdPties/Dbtr/Nm", .payerName), ("RltdPties/Dbtr/Pty/Nm", .payerName),
        ("RltdPties/DbtrAcct/Id/IBAN", .payerAccount), ("RltdPties/DbtrAcct/Id/Othr/Id", .payerAccount),
        ("RltdAgts/DbtrAgt/FinInstnId/BIC", .payerBIC), ("RltdAgts/DbtrAgt/FinInstnId/BICFI", .payerBIC),
        ("RltdAgts/DbtrAgt/FinInstnId/ClrSysMmbId/MmbId", .payerClearing), ("RmtInf/Ustrd", .remittance),
        ("RmtInf/Strd/CdtrRefInf/Ref", .remittance), ("AddtlTxInf", .partInformation),
        ("RltdDts/AccptncDtTm", .acceptedTime), ("RltdDts/TxDtTm", .acceptedTime),
    ]

    private mutating func add(_ path: String, _ mark: CamtMark) {
        var node = 0
        for name in path.split(separator: "/").map(String.init) {
            if let next = nodes[node].children[name] {
                node = next
            } else {
                nodes.append(Node())
                nodes[node].children[name] = nodes.count - 1
                node = nodes.count - 1
            }
        }
        nodes[node].mark = mark
    }
}
