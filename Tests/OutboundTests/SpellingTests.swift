import Kernel
import Testing

@testable import Outbound

/// Every way to write an address that must not be reached.
@Suite struct SpellingTests {
    /// One in each range that isn't public.
    private static let addresses: [[Int]] = [
        [127, 0, 0, 1], [127, 1, 2, 3], [127, 255, 255, 254], [0, 0, 0, 0], [0, 1, 2, 3], [10, 0, 0, 1], [10, 255, 255, 255],
        [172, 16, 0, 1],
        [172, 31, 255, 254], [192, 168, 0, 1], [169, 254, 169, 254], [169, 254, 170, 2], [100, 64, 0, 1], [100, 100, 100, 200],
        [100, 127, 255, 254], [168, 63, 129, 16], [192, 0, 0, 192], [192, 0, 2, 1], [198, 51, 100, 7], [203, 0, 113, 9], [198, 18, 0, 1],
        [198, 19, 255, 254], [192, 88, 99, 1], [224, 0, 0, 1], [239, 255, 255, 250], [240, 0, 0, 1], [255, 255, 255, 255],
    ]

    private static func spellings(_ bytes: [Int]) -> [String] {
        let (a, b, c, d) = (bytes[0], bytes[1], bytes[2], bytes[3])
        let dotted = "\(a).\(b).\(c).\(d)"
        let number = a << 24 | b << 16 | c << 8 | d
        func hex(_ number: Int) -> String { String(number, radix: 16) }
        func octal(_ number: Int) -> String { "0" + String(number, radix: 8) }
        let words = "\(hex(a << 8 | b)):\(hex(c << 8 | d))"
        return [
            dotted, "\(dotted).", "\(number)", "0x\(hex(number))", "0X\(hex(number).uppercased())", octal(number),
            bytes.map { "0x\(hex($0))" }.joined(separator: "."), bytes.map(octal).joined(separator: "."),
            bytes.map { "0x0000\(hex($0))" }.joined(separator: "."), "0x\(hex(a)).\(b).\(octal(c)).\(d)", "\(a).\(b << 16 | c << 8 | d)",
            "\(a).\(b).\(c << 8 | d)", "0x\(hex(a)).0x\(hex(b << 16 | c << 8 | d))", "[::ffff:\(dotted)]", "[::ffff:\(words)]",
            "[0:0:0:0:0:ffff:\(words)]", "[0000:0000:0000:0000:0000:FFFF:\(dotted)]", "[::\(dotted)]", "[::ffff:0:\(dotted)]",
            "[64:ff9b::\(dotted)]", "[64:ff9b:1::\(words)]", "[2002:\(words)::1]", "[2001:0:\(words)::1]",
            "[2001:0:4136:e378:8000:63bf:\(hex(~(a << 8 | b) & 0xFFFF)):\(hex(~(c << 8 | d) & 0xFFFF))]",
        ]
    }

    private static let names = [
        "localhost", "LOCALHOST", "localhost.", "LocalHost", "ip6-localhost", "ip6-loopback", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
        "[::0001]",
        "[0000:0000:0000:0000:0000:0000:0000:0001]", "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%25eth0]", "[::1%25lo]", "[febf::1]",
        "[fec0::1]",
        "[fc00::1]", "[fd00:ec2::254]", "[fdff::1]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[2001:db8::1]", "[3fff::1]", "[2001:2::1]",
        "[2001:10::1]", "[5f00::1]", "[4000::1]", "[64:ff9b:1:ffff::1]", "127.1", "127.0.1", "0", "0x0", "00", "0.0",
        "127.0.0.1%00.example.com",
        "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "loc\u{AD}alhost", "ⓛocalhost", "[::1", "::1", "[]",
        "",
        "127.0.0.1\u{0}", "127.0.0.1\n", "127.0.0.1\t", " 127.0.0.1", "[127.0.0.1]", "[::ffff:7f00:1]", "[::FFFF:127.0.0.1]", "2130706433.",
        "0177.1", "4294967296", "127.0.0.1.",
    ]

    /// Addresses whose parts different parsers read differently.
    private static func riddles(_ port: Int) -> [String] {
        let home = "127.0.0.1:\(port)"
        return [
            "http://example.com@\(home)/", "http://example.com:80@\(home)/", "http://\(home)#@example.com/",
            "http://\(home)\\@example.com/",
            "http://example.com\\@\(home)/", "http:\(home)/", "http:/\(home)/", "http:///\(home)/", "//\(home)/", "\(home)/",
            "http://\(home) /", "http://\(home)%20/", "http://\(home)?@example.com", "HTTP://\(home)/", "hTTps://\(home)/",
            "ftp://\(home)/",
            "file:///etc/passwd", "gopher://\(home)/", "unix:///run/redis.sock", "http+unix://%2Frun%2Fredis.sock/", "data:text/plain,x",
            "http://[::ffff:127.0.0.1]:\(port)@example.com/", "http://example.com:\(port)\r\nHost: x@\(home)/", "http://0/",
            "https://[::]:\(port)/",
            "http://\(home):80/", "http://user:pass@localhost:\(port)/", "http://127.0.0.1:99999/", "http://127.0.0.1:-1/",
            "jar:http://\(home)!/",
        ]
    }

    private static func all(_ port: Int) -> [String] {
        let hosts = addresses.flatMap(spellings) + names
        return hosts.map { "http://\($0):\(port)/" } + riddles(port)
    }

    @Test func `no spelling of a private address is connected to`() async throws {
        let canary = try await Canary()
        let outbound = Outbound()
        let urls = Self.all(canary.port)
        #expect(urls.count > 600)
        var through: [String] = []
        for url in urls {
            do throws(OutboundError) {
                _ = try await outbound.send(OutboundRequest("GET", url), to: .stranger, for: "test", OutboundLimits(time: .seconds(5)))
                through.append(url)
            } catch {
                switch error {
                case .badAddress, .forbiddenAddress, .unresolved: break
                default: through.append("\(url): \(error)")
                }
            }
        }
        #expect(through == [])
        #expect(canary.callers == 0)
        await outbound.close()
        try await canary.close()
    }

    /// Otherwise the test above could pass because nobody can reach the canary.
    @Test func `the same spellings reach it where the address is permitted`() async throws {
        let canary = try await Canary()
        let permit = try #require(AddressPolicy.Permit("127.0.0.0/8"))
        let outbound = Outbound(AddressPolicy(permits: [permit], isProduction: false))
        let hosts = ["127.0.0.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "[::ffff:7f00:1]", "LOCALHOST"]
        for host in hosts {
            _ = try? await outbound.send(OutboundRequest("GET", "http://\(host):\(canary.port)/"), to: .stranger, for: "test")
        }
        #expect(canary.callers >= hosts.count - 1)
        await outbound.close()
        try await canary.close()
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450:4001::1",
    ])
    func `public addresses are allowed`(_ address: String) throws {
        #expect(AddressPolicy.isPublic(try #require(IPAddress(address))))
    }

    @Test func `production lets no permit open this machine, its link or a cloud's metadata`() throws {
        let permits = ["0.0.0.0/0", "::/0", "intranet.test"].compactMap { AddressPolicy.Permit($0) }
        let production = AddressPolicy(permits: permits, isProduction: true)
        let trial = AddressPolicy(permits: permits, isProduction: false)
        let host = try #require(HostName("intranet.test"))
        for address in ["127.0.0.1", "169.254.169.254", "::1", "fe80::1", "fd00:ec2::254", "168.63.129.16"] {
            #expect(!production.allows(try #require(IPAddress(address)), of: host))
            #expect(trial.allows(try #require(IPAddress(address)), of: host))
        }
        #expect(production.allows(try #require(IPAddress("10.0.0.7")), of: host))
        #expect(
            !AddressPolicy(permits: permits.suffix(1)).allows(try #require(IPAddress("10.0.0.7")), of: try #require(HostName("other.test")))
        )
    }

    @Test(arguments: ["", "10.0.0.0/33", "a b", "http://10.0.0.1", "10.0.0.1:80"])
    func `a permit that is neither a range nor a name is refused`(_ text: String) {
        #expect(AddressPolicy.Permit(text) == nil)
    }
}
