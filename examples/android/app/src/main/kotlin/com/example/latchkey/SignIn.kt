package com.example.latchkey

import com.apollographql.apollo.api.Mutation
import com.apollographql.apollo.api.Optional.Companion.present
import com.example.latchkey.api.ConfirmEmailOtpMutation
import com.example.latchkey.api.ConfirmPhoneOtpMutation
import com.example.latchkey.api.FinishPasskeyLoginMutation
import com.example.latchkey.api.LoginMutation
import com.example.latchkey.api.RegisterEmailMutation
import com.example.latchkey.api.RequestPhoneOtpMutation
import com.example.latchkey.api.SocialCallbackMutation
import com.example.latchkey.api.SocialTokenLoginMutation
import com.example.latchkey.api.VerifyEmailMutation
import com.example.latchkey.api.VerifySecondFactorMutation
import com.example.latchkey.api.type.ConfirmEmailOtpInput
import com.example.latchkey.api.type.ConfirmPhoneOtpInput
import com.example.latchkey.api.type.FinishPasskeyLoginInput
import com.example.latchkey.api.type.LoginInput
import com.example.latchkey.api.type.RegisterEmailInput
import com.example.latchkey.api.type.RequestPhoneOtpInput
import com.example.latchkey.api.type.SocialCallbackInput
import com.example.latchkey.api.type.SocialTokenLoginInput
import com.example.latchkey.api.type.VerifyEmailInput
import com.example.latchkey.api.type.VerifySecondFactorInput

/**
 * The steps of a sign-in. Each outcome says what the app does next.
 *
 * @param device shown in the user's list of sessions, such as "Pixel 9"
 */
class SignIn(private val latchkey: Latchkey, device: String) {
  private val device = present(device)

  suspend fun login(identifier: String, password: String): SignInOutcome {
    val input = LoginInput(device = device, identifier = identifier, password = password)
    return finish(perform(LoginMutation(input)).login.outcome())
  }

  suspend fun register(email: String, password: String): SignInOutcome {
    val input = RegisterEmailInput(device = device, email = email, password = password)
    return finish(perform(RegisterEmailMutation(input)).registerEmail.outcome())
  }

  /** After [register], and after any outcome Challenge whose channel is EMAIL. */
  suspend fun verifyEmail(challengeId: String, code: String): SignInOutcome {
    val input = VerifyEmailInput(challengeId = present(challengeId), code = present(code), device = device)
    return finish(perform(VerifyEmailMutation(input)).verifyEmail.outcome())
  }

  /** With the token of the link in the message. It verifies the address and starts no session. */
  suspend fun verifyEmail(token: String): SignInOutcome {
    val input = VerifyEmailInput(token = present(token))
    return finish(perform(VerifyEmailMutation(input)).verifyEmail.outcome())
  }

  /** With the token of the link for signing in, after the user has pressed a button. */
  suspend fun confirmEmail(token: String): SignInOutcome {
    val input = ConfirmEmailOtpInput(device = device, token = present(token))
    return finish(perform(ConfirmEmailOtpMutation(input)).confirmEmailOtp.outcome())
  }

  suspend fun requestPhoneCode(phone: String): SignInOutcome {
    val input = RequestPhoneOtpInput(phone = phone)
    return finish(perform(RequestPhoneOtpMutation(input)).requestPhoneOtp.outcome())
  }

  suspend fun confirmPhoneCode(challengeId: String, code: String): SignInOutcome {
    val input = ConfirmPhoneOtpInput(challengeId = challengeId, code = code, device = device)
    return finish(perform(ConfirmPhoneOtpMutation(input)).confirmPhoneOtp.outcome())
  }

  /** After any outcome SecondFactorRequired: the code of the authenticator app. */
  suspend fun verifyTotp(challengeId: String, totp: String): SignInOutcome =
    verify(VerifySecondFactorInput(challengeId = challengeId, device = device, totp = present(totp)))

  suspend fun verifyRecoveryCode(challengeId: String, recoveryCode: String): SignInOutcome =
    verify(VerifySecondFactorInput(challengeId = challengeId, device = device, recoveryCode = present(recoveryCode)))

  /** @param response what [Passkeys.assertion] returned for `passkeyOptions` */
  suspend fun verifyPasskey(challengeId: String, response: String): SignInOutcome =
    verify(VerifySecondFactorInput(challengeId = challengeId, device = device, passkey = present(response)))

  suspend fun finishPasskeyLogin(challengeId: String, response: String): SignInOutcome {
    val input = FinishPasskeyLoginInput(challengeId = challengeId, device = device, response = response)
    return finish(perform(FinishPasskeyLoginMutation(input)).finishPasskeyLogin.outcome())
  }

  /** @param nonce the one of the request to the provider */
  suspend fun socialLogin(provider: String, idToken: String, nonce: String): SignInOutcome {
    val input =
      SocialTokenLoginInput(device = device, idToken = present(idToken), nonce = present(nonce), provider = provider)
    return finish(perform(SocialTokenLoginMutation(input)).socialTokenLogin.outcome())
  }

  suspend fun socialCallback(callback: SocialCallbackInput): SignInOutcome =
    finish(perform(SocialCallbackMutation(callback)).socialCallback.outcome())

  private suspend fun verify(input: VerifySecondFactorInput): SignInOutcome =
    finish(perform(VerifySecondFactorMutation(input)).verifySecondFactor.outcome())

  private suspend fun <D : Mutation.Data> perform(mutation: Mutation<D>): D =
    latchkey.client.mutation(mutation).execute().dataOrThrow()

  private suspend fun finish(outcome: SignInOutcome): SignInOutcome {
    if (outcome is SignInOutcome.Authenticated) latchkey.session.signIn(outcome.signedIn.tokens())
    return outcome
  }
}
