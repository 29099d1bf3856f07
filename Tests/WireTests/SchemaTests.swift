import Foundation
import Kernel
import Testing

private enum Color: String, Codable, CaseIterable, Sendable {
    case red, green
}

private struct Leaf: Codable, Sendable {
    let name: Text<5>
}

private struct Shape: Codable, Sendable {
    let id: Identifier<User>
    let text: String
    let count: Bounded<1, 3>
    let ratio: Double?
    let isOn: Bool
    let at: Date
    let color: Color
    let optionalColor: Color?
    let leaf: Leaf
    let optionalLeaf: Leaf?
    let list: List<Leaf, 4>
    let plain: [Int]
    let names: [String: Leaf]
    let anything: JSON
    let change: Patch<Text<9>>
}

private final class Tree: Codable, Sendable {
    let name: String
    let children: [Tree]?
}

@Suite struct SchemaTests {
    private let schema = SchemaRecorder.schema(of: Shape.self)

    private func property(_ name: String) throws -> Schema.Property { try #require(schema.properties.first { $0.name == name }) }

    @Test func `every field is there in the order of its declaration`() {
        #expect(
            schema.properties.map(\.name) == [
                "id", "text", "count", "ratio", "isOn", "at", "color", "optionalColor", "leaf", "optionalLeaf", "list", "plain", "names",
                "anything", "change",
            ]
        )
    }

    @Test func `what may be left out is not required`() {
        let optional: Set<String> = ["ratio", "optionalColor", "optionalLeaf", "change"]
        for property in schema.properties { #expect(property.isRequired == !optional.contains(property.name), "\(property.name)") }
    }

    @Test func `kinds, formats and bounds are the types'`() throws {
        #expect(try property("id").schema.format == "uuid")
        #expect(try property("count").schema.kind == .integer)
        #expect(try property("count").schema.minimum == 1 && property("count").schema.maximum == 3)
        #expect(try property("ratio").schema.kind == .number)
        #expect(try property("isOn").schema.kind == .boolean)
        #expect(try property("at").schema.format == "date-time")
        #expect(try property("color").schema.allowed == ["red", "green"])
        #expect(try property("optionalColor").schema.allowed == ["red", "green"])
        #expect(try property("optionalColor").schema.isNullable)
        #expect(try property("leaf").schema.properties.map(\.name) == ["name"])
        #expect(try property("optionalLeaf").schema.properties.map(\.name) == ["name"])
        #expect(try property("list").schema.maximum == 4)
        #expect(try property("list").schema.element.first?.properties.map(\.name) == ["name"])
        #expect(try property("plain").schema.element.first?.kind == .integer)
        #expect(try property("names").schema.element.first?.properties.map(\.name) == ["name"])
        #expect(try property("anything").schema.kind == .any)
        #expect(try property("change").schema.isNullable)
        #expect(try property("change").schema.maximum == 9)
    }

    @Test func `a recursive type ends`() throws {
        let tree = SchemaRecorder.schema(of: Tree.self)
        let children = try #require(tree.properties.first { $0.name == "children" })
        #expect(children.schema.kind == .array)
        #expect(children.schema.element.first?.properties.map(\.name) == ["name", "children"])
    }

    @Test func `the JSON refuses unknown members and names the required ones`() {
        let json = SchemaRecorder.schema(of: Leaf.self).json
        #expect(json["additionalProperties"] == false)
        #expect(json["required"] == ["name"])
        #expect(json["properties"]?["name"]?["maxLength"] == 5)
    }

    @Test func `a generic type has a name of its own`() {
        #expect(SchemaRecorder.schema(of: Items<Leaf>.self).name == "ItemsOfLeaf")
    }
}
