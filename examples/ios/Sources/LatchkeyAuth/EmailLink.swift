import Foundation

/// A link in a message, opened as a universal link. The paths are yours: they are in VERIFY_EMAIL_URL and so on.
public enum EmailLink: Equatable, Sendable {
  case verifyEmail(token: String)
  case resetPassword(token: String)
  case changeEmail(token: String)
  case signIn(token: String)

  public init?(_ url: URL) {
    let items = URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems
    guard let token = items?.first(where: { $0.name == "token" })?.value else { return nil }
    switch url.path {
    case "/verify-email": self = .verifyEmail(token: token)
    case "/reset-password": self = .resetPassword(token: token)
    case "/change-email": self = .changeEmail(token: token)
    case "/sign-in": self = .signIn(token: token)
    default: return nil
    }
  }
}
