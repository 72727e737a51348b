import Foundation
import Gateway
import NIOCore
import Store
import Testing

@testable import mekong

@Suite struct StartFaultTests {
    @Test(
        arguments: [
            (
                IOError(errnoCode: EADDRINUSE, reason: "bind"),
                "port 8080 on 127.0.0.1 is in use; choose another with --port"
            ),
            (IOError(errnoCode: EACCES, reason: "bind"), "port 8080 on 127.0.0.1 may not be opened by this user"),
            (IOError(errnoCode: EADDRNOTAVAIL, reason: "bind"), "127.0.0.1 is no address of this machine"),
            (
                StoreError.damaged("file is not a database"),
                "the database is damaged or no gateway's: file is not a database"
            ),
            (StoreError.unavailable("unable to open"), "the database cannot be opened: unable to open"),
            (Vault.Fault.wrongMasterKey, "the master key does not open this database's keys"),
            (DataFolder.Fault(description: "/x/master.key holds no master key"), "/x/master.key holds no master key"),
        ] as [(any Error, String)])
    func `what went wrong is one sentence that says what to do`(error: any Error, sentence: String) {
        #expect(StartFault.explain(error, host: "127.0.0.1", port: 8080) == sentence)
    }

    @Test func `anything else speaks for itself, on one line`() {
        let text = StartFault.explain(
            IOError(errnoCode: ENETDOWN, reason: "bind"), host: "127.0.0.1", port: 8080)
        #expect(!text.isEmpty)
        #expect(!text.contains("\n"))
    }
}
