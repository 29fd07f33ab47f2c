// Written by hand. Code generation keeps this file.

@_spi(Internal) @_spi(Execution) import ApolloAPI
import Foundation

/// A point in time, which the server sends in UTC with milliseconds: 2026-11-20T09:00:00.000Z.
public struct DateTime: CustomScalarType {
  public let date: Date

  public init(_ date: Date) {
    self.date = date
  }

  @_spi(Internal) public init(_jsonValue value: JSONValue) throws {
    guard let text = value as? String,
      let date = (try? Date(text, strategy: Self.format)) ?? (try? Date(text, strategy: .iso8601))
    else {
      throw JSONDecodingError.couldNotConvert(value: value, to: Date.self)
    }
    self.date = date
  }

  @_spi(Internal) public var _jsonValue: JSONValue { date.formatted(Self.format) }

  private static let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
