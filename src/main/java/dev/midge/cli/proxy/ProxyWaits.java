package dev.midge.cli.proxy;

import dev.midge.control.ClientEvent;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.ProxyListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Holds who waits for something that a client does. */
final class ProxyWaits implements ProxyListener {
  private final List<Waiting> all = new CopyOnWriteArrayList<>();

  private record Waiting(String client, ClientEvent event, CompletableFuture<Boolean> done) {}

  /** Completes when the event happens from now on; who gives up cancels it. */
  CompletableFuture<Boolean> await(String client, ClientEvent event) {
    Waiting waiting = new Waiting(client, event, new CompletableFuture<>());
    all.add(waiting);
    waiting.done().whenComplete((done, gaveUp) -> all.remove(waiting));
    return waiting.done();
  }

  @Override
  public void connected(ConnectionName name) {
    happened(name, ClientEvent.CONNECTED);
  }

  @Override
  public void subscribed(ConnectionName name) {
    happened(name, ClientEvent.SUBSCRIBED);
  }

  @Override
  public void closed(ConnectionName name) {
    happened(name, ClientEvent.DISCONNECTED);
  }

  private void happened(ConnectionName name, ClientEvent event) {
    for (Waiting waiting : all) {
      if (waiting.event() == event && waiting.client().equals(name.client())) {
        waiting.done().complete(true);
      }
    }
  }
}
