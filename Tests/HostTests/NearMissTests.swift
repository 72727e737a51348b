import Testing

@testable import mekong

@Suite struct NearMissTests {
    private let known = ["public_url", "database.url", "database.url_file", "listen.port"]

    @Test(
        arguments: [
            ("publc_url", "public_url"), ("public-url", "public_url"), ("database.ulr", "database.url"),
            ("database", "database.url"), ("port", "listen.port"), ("listen.prt", "listen.port"), ("colour", nil),
            ("", nil),
        ] as [(String, String?)])
    func `what may have been meant is what is two slips away, or part of the name`(name: String, meant: String?) {
        #expect(NearMiss.hint(name, among: known) == meant)
    }

    @Test(arguments: [("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0), ("ab", "ba", 2)])
    func `the distance of two texts is how often one must be changed`(a: String, b: String, distance: Int) {
        #expect(NearMiss.distance(Array(a), Array(b)) == distance)
        #expect(NearMiss.distance(Array(b), Array(a)) == distance)
    }
}
