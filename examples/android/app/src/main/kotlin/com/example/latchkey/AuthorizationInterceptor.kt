package com.example.latchkey

import com.apollographql.apollo.api.ApolloRequest
import com.apollographql.apollo.api.ApolloResponse
import com.apollographql.apollo.api.Operation
import com.apollographql.apollo.exception.DefaultApolloException
import com.apollographql.apollo.interceptor.ApolloInterceptor
import com.apollographql.apollo.interceptor.ApolloInterceptorChain
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow

/**
 * Sends the access token. If the server does not accept it, renews it and repeats the operation once: with the code
 * UNAUTHENTICATED, nothing was executed.
 */
class AuthorizationInterceptor(private val session: Session) : ApolloInterceptor {
  override fun <D : Operation.Data> intercept(
    request: ApolloRequest<D>,
    chain: ApolloInterceptorChain,
  ): Flow<ApolloResponse<D>> =
    flow {
        val token = session.accessToken() ?: return@flow emitAll(chain.proceed(request))
        chain.proceed(request.authorized(token)).collect { response ->
          val renewed = if (response.isUnauthenticated()) session.accessToken(insteadOf = token) else null
          if (renewed == null) emit(response) else emitAll(chain.proceed(request.authorized(renewed)))
        }
      }
      .catch { if (it is SessionUnavailable) emit(request.failed(it)) else throw it }

  private fun <D : Operation.Data> ApolloRequest<D>.authorized(token: String): ApolloRequest<D> =
    newBuilder().addHttpHeader("Authorization", "Bearer $token").build()

  /** Apollo reports failures in the response; it does not expect exceptions from interceptors. */
  private fun <D : Operation.Data> ApolloRequest<D>.failed(cause: SessionUnavailable): ApolloResponse<D> =
    ApolloResponse.Builder(operation, requestUuid)
      .exception(DefaultApolloException(cause.message, cause))
      .isLast(true)
      .build()
}

/**
 * The code, not the status: a gateway in front of the server also sends 401 and 403, and a response with the status 200
 * can have this error.
 */
fun ApolloResponse<*>.isUnauthenticated(): Boolean =
  errors.orEmpty().any { it.extensions?.get("code") == "UNAUTHENTICATED" }
