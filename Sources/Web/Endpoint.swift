import Kernel

/// An operation ready to be served: everything about its schema is worked out once, at startup.
struct Endpoint: Sendable {
    enum Body {
        case none
        case json
        case multipart
    }

    static let prefix = "/api/v1"

    let operation: APIOperation
    let template: String
    let pathParameters: [String]
    let body: Body
    /// The names allowed in the query.
    let queryFields: Set<String>
    let fileFields: Set<String>
    let takesVersion: Bool
    let isForAnyone: Bool
    /// Whether the body may name the tenant, because nobody is signed in yet.
    let takesTenantCode: Bool
    let isVersioned: Bool
    let storesAnswers: Bool

    init(_ operation: APIOperation) {
        let input = OperationInput(operation)
        self.operation = operation
        template = Self.prefix + operation.path
        pathParameters = input.pathParameters
        fileFields = Set(input.body.filter(\.isFile).map(\.name))
        body = !fileFields.isEmpty ? .multipart : input.takesBody ? .json : .none
        queryFields = Set(input.query.map(\.name))
        takesVersion = input.takesVersion
        isForAnyone = operation.access == .anyone
        takesTenantCode = isForAnyone && input.body.contains { $0.name == "tenantCode" }
        isVersioned = operation.output is any Versioned.Type
        let isPlain = operation.output != FileDownload.self
        storesAnswers = (operation.method == .post || operation.method == .patch) && operation.retry != .byItself && isPlain
    }
}

/// Where each field of an operation's flat input comes from. GET has a query, other methods a body; names in the path template come from
/// the path.
struct OperationInput {
    let schema: Schema
    let pathParameters: [String]
    let path: [Schema.Property]
    let query: [Schema.Property]
    let body: [Schema.Property]
    let takesVersion: Bool
    let takesBody: Bool

    init(_ operation: APIOperation) {
        schema = SchemaRecorder.schema(of: operation.input)
        pathParameters = operation.path.split(separator: "/").filter { $0.first == "{" }.map { String($0.dropFirst().dropLast()) }
        let names = Set(pathParameters)
        let others = schema.properties.filter { !names.contains($0.name) && !$0.isVersion }
        path = schema.properties.filter { names.contains($0.name) }
        takesVersion = schema.properties.contains(where: \.isVersion)
        query = operation.method == .get ? others : []
        body = operation.method == .get ? [] : others
        // An input that isn't a plain struct (a dictionary, any JSON) is all body.
        takesBody =
            operation.method != .get && (!body.isEmpty || schema.kind != .object || !schema.element.isEmpty)
            && operation.input != NoInput.self
    }
}

extension Schema.Property {
    var isVersion: Bool { schema.format == "etag" }
    var isFile: Bool { schema.format == "binary" }
}
