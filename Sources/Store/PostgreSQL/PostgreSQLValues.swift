import CPQ

/// Arguments as libpq wants them: all in PostgreSQL's binary format, in one buffer that is used again and again.
struct PostgreSQLArguments {
    /// The types that this program stores. A null says nothing, and the server goes by the column.
    private enum TypeID {
        static let boolean: Oid = 16
        static let bytes: Oid = 17
        static let bigint: Oid = 20
        static let integer: Oid = 23
        static let text: Oid = 25
    }

    private var buffer: [CChar] = []
    private var offsets: [Int] = []
    private var pointers: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    static func types(of arguments: [SQLValue]) -> [Oid] {
        arguments.map { argument in
            switch argument {
            case .null: 0
            case .integer: TypeID.bigint
            case .text: TypeID.text
            case .bytes: TypeID.bytes
            }
        }
    }

    /// Lends the arguments in libpq's form.
    mutating func lend<Value>(
        _ arguments: [SQLValue],
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        buffer.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        for argument in arguments { append(argument) }
        // An empty value still needs somewhere to point at: a null pointer would be a null.
        buffer.append(0)
        while formats.count < arguments.count { formats.append(1) }
        return buffer.withUnsafeBufferPointer { buffer in
            pointers.removeAll(keepingCapacity: true)
            for offset in offsets { pointers.append(offset < 0 ? nil : buffer.baseAddress! + offset) }
            return body(Int32(arguments.count), pointers, lengths, formats)
        }
    }

    private mutating func append(_ argument: SQLValue) {
        let start = buffer.count
        switch argument {
        case .null:
            offsets.append(-1)
            lengths.append(0)
            return
        case .integer(let number):
            withUnsafeBytes(of: number.bigEndian) { append($0) }
        case .text(var text):
            text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
        case .bytes(let bytes):
            bytes.withUnsafeBytes { append($0) }
        }
        offsets.append(start)
        lengths.append(Int32(buffer.count - start))
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) {
        buffer.append(contentsOf: bytes.bindMemory(to: CChar.self))
    }

    /// One row of an answer in binary format. Throws `StoreError.damaged` for a type that is never stored.
    static func row(_ index: Int32, of result: OpaquePointer) throws -> SQLRow {
        SQLRow(try (0..<PQnfields(result)).map { try value(index, $0, of: result) })
    }

    private static func value(_ row: Int32, _ column: Int32, of result: OpaquePointer) throws -> SQLValue {
        if PQgetisnull(result, row, column) == 1 { return .null }
        let raw = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
        switch PQftype(result, column) {
        case TypeID.bigint: return .integer(Int64(bigEndian: raw.loadUnaligned(as: Int64.self)))
        case TypeID.integer: return .integer(Int64(Int32(bigEndian: raw.loadUnaligned(as: Int32.self))))
        case TypeID.text: return .text(String(decoding: raw, as: UTF8.self))
        case TypeID.bytes: return .bytes([UInt8](raw))
        case TypeID.boolean: return .integer(raw[0] == 0 ? 0 : 1)
        case let type: throw StoreError.damaged("column \(column) has a type that is never stored (\(type))")
        }
    }
}
