import Store
import Testing

@Suite struct DatabaseLocationTests {
    @Test(
        arguments: [
            ("sqlite:/var/lib/mekong/gateway.sqlite", "sqlite:/var/lib/mekong/gateway.sqlite"),
            ("sqlite:///tmp/a", "sqlite:/tmp/a"), ("sqlite:a.sqlite", "sqlite:a.sqlite"),
            ("postgresql://db/mekong", "postgresql://db/mekong"),
            ("postgres://mekong:secret@db1:5432,db2/mekong?sslmode=require", "postgresql://db1:5432,db2/mekong"),
            ("postgresql://mekong@db/mekong?password=secret", "postgresql://db/mekong"),
            ("postgresql:///mekong?host=/run/postgresql", "postgresql:///mekong"),
        ])
    func `a location is shown without what it holds of a password`(text: String, shown: String) throws {
        let location = try DatabaseLocation(parsing: text)
        #expect("\(location)" == shown)
    }

    @Test(
        arguments: [
            "", "sqlite:", "mysql://db/mekong", "/var/lib/mekong", "postgresql:", "postgresql://user:pa/ss@db/mekong",
            "postgresql://user:p@ss@db/mekong",
        ])
    func `what names no database is refused, without telling a password`(text: String) {
        do {
            let location = try DatabaseLocation(parsing: text)
            Issue.record("\(location)")
        } catch {
            #expect(!error.description.contains("ss@"))
        }
    }
}
