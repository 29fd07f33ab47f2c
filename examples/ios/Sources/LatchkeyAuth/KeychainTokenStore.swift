import Foundation
import Security

/// Keeps the refresh token in the Keychain of this device: readable after the first unlock, so that background tasks
/// work, and never part of a backup or of iCloud Keychain.
public struct KeychainTokenStore: TokenStore {
  public struct KeychainError: Error {
    /// errSecInteractionNotAllowed: the device has not been unlocked since it was started.
    public let status: OSStatus
  }

  private let service: String
  private let accessGroup: String?
  private let installation: URL

  /// - Parameters:
  ///   - accessGroup: shares the token with extensions of the app.
  ///   - installation: a file that exists only as long as the app is installed. With an access group, put it into the
  ///     container of the app group.
  public init(
    service: String,
    accessGroup: String? = nil,
    installation: URL = URL.applicationSupportDirectory.appending(path: "latchkey-installation")
  ) {
    self.service = service
    self.accessGroup = accessGroup
    self.installation = installation
  }

  public func read() throws -> String? {
    var query = item
    query[kSecReturnData] = true
    var found: CFTypeRef?
    let status = SecItemCopyMatching(query as CFDictionary, &found)
    if status == errSecItemNotFound { return nil }
    guard status == errSecSuccess else { throw KeychainError(status: status) }
    // The Keychain outlives the app. A token of an earlier installation belongs to an earlier user.
    guard FileManager.default.fileExists(atPath: installation.path) else {
      try clear()
      return nil
    }
    return (found as? Data).map { String(decoding: $0, as: UTF8.self) }
  }

  public func write(_ refreshToken: String) throws {
    try markInstallation()
    let value: [CFString: Any] = [
      kSecValueData: Data(refreshToken.utf8),
      kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
    ]
    var status = SecItemUpdate(item as CFDictionary, value as CFDictionary)
    if status == errSecItemNotFound {
      status = SecItemAdd(item.merging(value) { _, new in new } as CFDictionary, nil)
    }
    guard status == errSecSuccess else { throw KeychainError(status: status) }
  }

  public func clear() throws {
    let status = SecItemDelete(item as CFDictionary)
    guard status == errSecSuccess || status == errSecItemNotFound else { throw KeychainError(status: status) }
  }

  private var item: [CFString: Any] {
    var item: [CFString: Any] = [
      kSecClass: kSecClassGenericPassword,
      kSecAttrService: service,
      kSecAttrAccount: "refresh-token",
      kSecUseDataProtectionKeychain: true,
    ]
    if let accessGroup { item[kSecAttrAccessGroup] = accessGroup }
    return item
  }

  private func markInstallation() throws {
    guard !FileManager.default.fileExists(atPath: installation.path) else { return }
    let folder = installation.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data().write(to: installation)
  }
}
