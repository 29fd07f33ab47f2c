// Written by hand. Code generation keeps this file.

@_spi(Internal) @_spi(Execution) import ApolloAPI
import Foundation

/// A JSON object, such as `publicMetadata` of a user. The app knows its form.
public struct JSONObject: CustomScalarType {
  public let json: Data

  /// For example `try metadata.decode(Plan.self)`.
  public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: json)
  }

  @_spi(Internal) public init(_jsonValue value: JSONValue) throws {
    guard JSONSerialization.isValidJSONObject(value) else {
      throw JSONDecodingError.couldNotConvert(value: value, to: JSONObject.self)
    }
    self.json = try JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
  }

  /// Users cannot change metadata, so the operations of apps never send it.
  @_spi(Internal) public var _jsonValue: JSONValue { String(decoding: json, as: UTF8.self) }
}
