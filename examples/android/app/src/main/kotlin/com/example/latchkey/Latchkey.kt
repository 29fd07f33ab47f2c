package com.example.latchkey

import com.apollographql.apollo.ApolloClient
import com.apollographql.apollo.api.http.HttpRequest
import com.apollographql.apollo.api.http.HttpResponse
import com.apollographql.apollo.interceptor.ApolloInterceptor.InsertionPoint
import com.apollographql.apollo.network.http.HttpInterceptor
import com.apollographql.apollo.network.http.HttpInterceptorChain
import java.util.Locale

/** The client of the app. Create one in Application.onCreate. */
class Latchkey(url: String, store: TokenStore) {
  private val anonymous = ApolloClient.Builder().serverUrl(url).addHttpInterceptor(LanguageInterceptor).build()

  val session = Session(store, ApolloSessionEndpoint(anonymous))

  /** Sends the access token with each operation. What comes from a cache needs none, so it works without a network. */
  val client: ApolloClient =
    anonymous
      .newBuilder()
      .addInterceptor(AuthorizationInterceptor(session), InsertionPoint.BeforeAutoPersistedQueries)
      .build()
}

/** The server writes each `message` in this language. */
private object LanguageInterceptor : HttpInterceptor {
  override suspend fun intercept(request: HttpRequest, chain: HttpInterceptorChain): HttpResponse =
    chain.proceed(request.newBuilder().addHeader("Accept-Language", Locale.getDefault().toLanguageTag()).build())
}
