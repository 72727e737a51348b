import Testing

@Suite struct TextTests {
    @Test(arguments: TextRule.all) func `the code keeps the rule`(rule: TextRule) throws {
        for file in SourceTree.files where rule.parts?.contains(file.part) ?? true {
            if let exempt = rule.exempts, file.code.contains(where: { $0.contains(exempt) }) { continue }
            for line in try rule.broken(by: rule.includesComments ? file.lines : file.code) {
                Issue.record("\(file.path):\(line): \(file.lines[line - 1])")
            }
        }
    }

    @Test func `one file alone reads the machine's clock for the use cases`() {
        let exempt = SourceTree.files.filter {
            $0.part == "Gateway" && $0.code.contains { $0.contains("struct SystemClock") }
        }
        #expect(exempt.map(\.path) == ["Sources/Gateway/Environment.swift"])
    }

    @Test(arguments: [
        ("let amount: Double = 1", true), ("Decimal(string: text)", true), ("DecimalNumber(text)", false),
        ("case .double(let number)", false), ("let x: Float", true),
    ])
    func `a floating-point number is recognised`(line: String, isBroken: Bool) throws {
        #expect(try TextRule.all[0].broken(by: [line]) == (isBroken ? [1] : []))
    }

    @Test(arguments: [
        ("try! read()", true), ("try? read()", false), ("fatalError(\"no\")", true), ("print(value)", true),
        ("vault.fingerprint(bytes)", false), ("Output.print(text)", false), ("if x { print(x) }", true),
        ("debugPrint(x)", true),
    ])
    func `what stops or prints is recognised`(line: String, isBroken: Bool) throws {
        #expect(try TextRule.all[1].broken(by: [line]) == (isBroken ? [1] : []))
    }

    @Test(arguments: [("// TODO: later", true), ("// todos are fine", false), ("/// FIXME", true)])
    func `what is left for later is recognised`(line: String, isBroken: Bool) throws {
        #expect(try TextRule.all[2].broken(by: [line]) == (isBroken ? [1] : []))
    }

    @Test(arguments: [
        ("let now = Date()", true), ("try await Task.sleep(for: .seconds(1))", true), ("clock.now()", false),
        ("clock_gettime(CLOCK_REALTIME, &time)", true), ("Date(timeIntervalSince1970: 0)", false),
    ])
    func `a clock is recognised`(line: String, isBroken: Bool) throws {
        #expect(try TextRule.all[3].broken(by: [line]) == (isBroken ? [1] : []))
    }

    @Test func `comments are no code, but what stands behind an address in a string is`() {
        let file = SourceTree.File(
            part: "", isDialect: false, path: "",
            lines: ["// print(x)", "    /// print(x)", "f() // print(x)", "f(\"http://a\", print(x))"])
        #expect(file.code == ["", "", "f()", "f(\"http://a\", print(x))"])
    }
}
