import Kernel
import Testing

@testable import Web

struct RouteTableTests {
    private func operation(_ method: Kernel.Method, _ path: String) -> APIOperation {
        APIOperation(method, path, "", access: .anyone) { (_: NoInput, _: Anonymous) async throws(Failure) -> NoContent in NoContent() }
    }

    private var table: RouteTable {
        let operations = [
            operation(.get, "/users/me"), operation(.get, "/users/{id}/presence"), operation(.patch, "/users/{id}"),
            operation(.get, "/companies/{id}/users/{userId}"),
        ]
        return RouteTable(operations.map(Endpoint.init))
    }

    @Test func `a literal wins over a parameter, unless it leads nowhere`() throws {
        guard case .found(let endpoint, let parameters) = table.match("GET", "/api/v1/users/me/presence") else {
            Issue.record("not found")
            return
        }
        #expect(endpoint.operation.path == "/users/{id}/presence")
        #expect(parameters == ["id": "me"])
    }

    @Test func `parameters are decoded by name`() throws {
        guard case .found(_, let parameters) = table.match("HEAD", "/api/v1/companies/a%2Fb/users/7") else {
            Issue.record("not found")
            return
        }
        #expect(parameters == ["id": "a/b", "userId": "7"])
    }

    @Test func `another method is told from another path`() {
        guard case .otherMethods(let methods) = table.match("DELETE", "/api/v1/users/me") else {
            Issue.record("found")
            return
        }
        #expect(methods == ["GET"])
        guard case .none = table.match("GET", "/api/v1/users//presence") else {
            Issue.record("found")
            return
        }
        guard case .none = table.match("GET", "/api/v1/users/%FF/presence") else {
            Issue.record("found")
            return
        }
    }
}
