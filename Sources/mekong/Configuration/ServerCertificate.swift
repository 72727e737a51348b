import NIOSSL

/// The certificate that the gateway shows, with its key, from two PEM files.
enum ServerCertificate {
    /// Reads both. Throws `SettingFault` where one cannot be read, or the key is another certificate's.
    static func read(
        certificate: SettingReader.Found<String>, key: SettingReader.Found<String>
    ) throws(SettingFault) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try chain(certificate).map { .certificate($0) },
            privateKey: .privateKey(try privateKey(key)))
        configuration.minimumTLSVersion = .tlsv12
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw SettingFault(
                .certificateKeyFile, from: key.origin,
                "the key in \(key.value) does not belong to the certificate in \(certificate.value); "
                    + "write the path of the key that the certificate was made for")
        }
        return configuration
    }

    /// The server's certificate and those between it and its root, in the file's order.
    static func chain(_ file: SettingReader.Found<String>) throws(SettingFault) -> [NIOSSLCertificate] {
        let text = try TextFile.read(file.value, for: Setting.certificateFile.rawValue, from: file.origin)
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(Array(text.utf8)), !chain.isEmpty else {
            throw SettingFault(
                .certificateFile, from: file.origin,
                "\(file.value) holds no certificate; write the path of a PEM file that begins with the server's own")
        }
        return chain
    }

    static func privateKey(_ file: SettingReader.Found<String>) throws(SettingFault) -> NIOSSLPrivateKey {
        let text = try TextFile.read(file.value, for: Setting.certificateKeyFile.rawValue, from: file.origin)
        guard let key = try? NIOSSLPrivateKey(bytes: Array(text.utf8), format: .pem) else {
            throw SettingFault(
                .certificateKeyFile, from: file.origin,
                "\(file.value) holds no private key, or one with a passphrase; write the path of a PEM file without one"
            )
        }
        return key
    }
}
