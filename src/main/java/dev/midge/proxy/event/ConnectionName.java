package dev.midge.proxy.event;

import org.jspecify.annotations.Nullable;

/**
 * Names a connection through the proxy.
 *
 * @param number among all connections of the proxy, from 1
 * @param client client identifier; null before CONNECT, or where the client has none
 * @param address address and port of the client
 */
public record ConnectionName(int number, @Nullable String client, String address) {

  /** Returns the client identifier, or the address where there is none. */
  public String text() {
    return client == null ? address : client;
  }
}
