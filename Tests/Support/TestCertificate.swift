/// A certificate for localhost and 127.0.0.1 that nobody signed, until 2126.
public enum TestCertificate {
    public static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUKnhQnghj9ybd7byMkFwDk4XPNLQwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA1NDIzMFoYDzIxMjYxMDI4
        MDU0MjMwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATsbjNP8nYsYYtzG5Ag4Y9yBmqOSn8vVYJ6EN99iE7ahu2Ky0ReZw67
        4K+UV/LoL/z5l0JztP9UlVLsiFHqP0cRo28wbTAdBgNVHQ4EFgQUTSXaV/VLQPIw
        Q94JJWH6Fjl1XQswHwYDVR0jBBgwFoAUTSXaV/VLQPIwQ94JJWH6Fjl1XQswDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
        zj0EAwIDSAAwRQIgdcUzys8b30/3wJLJ4AJ+nf6AQHIv5jpn9SzPOR2Xb2kCIQDZ
        6B9mPnFuyFCgHX7HDZKeyEyCxLMqFi1dPZdrzXMs3Q==
        -----END CERTIFICATE-----

        """

    public static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2s4u201kiBAPeNX3
        XGfAvL4t5WxmJl4sUFAKji2shS2hRANCAATsbjNP8nYsYYtzG5Ag4Y9yBmqOSn8v
        VYJ6EN99iE7ahu2Ky0ReZw674K+UV/LoL/z5l0JztP9UlVLsiFHqP0cR
        -----END PRIVATE KEY-----

        """

    /// Another key, which is not the certificate's.
    public static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKrYHYoy4hM7YK54Z
        uLo/nead5wImYgik74ZQkFeu8tehRANCAATB6Z4SBnuiR4cunQ3oCn6+hSswGegD
        XFjc9/rswjcQn0VLcTo0tr21lVg5eIJaLIZ3KFmixj4JgPLfQiCutjKh
        -----END PRIVATE KEY-----

        """
}
