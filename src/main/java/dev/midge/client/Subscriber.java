package dev.midge.client;

import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Received;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The job of {@code sub}: connect, subscribe, hand over what comes, until there is enough. */
public final class Subscriber {

  private static final long RETRY_MILLIS = 1000;

  private final SubscribeSpec subscribe;
  private final ClientEvents events;
  private final MessageSink sink;
  private final StopSignal stop;
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final InboundSession session = new InboundSession();
  private ConnectSpec connect;
  private boolean everConnected;
  private int accepted;

  public Subscriber(
      ConnectSpec connect,
      SubscribeSpec subscribe,
      ClientEvents events,
      MessageSink sink,
      StopSignal stop) {
    this.connect = connect;
    this.subscribe = subscribe;
    this.events = events;
    this.sink = sink;
    this.stop = stop;
  }

  /**
   * Works until something ends it; an end by time or by signal sends DISCONNECT 0x04 in MQTT 5. A
   * lost connection is made again once a second, for ever, after the first success. Messages reach
   * the sink on the thread that reads.
   *
   * @return why it ended; {@link Ending#TIMED_OUT} and {@link Ending#STOPPED} may come before the
   *     first {@link ClientEvents#connected} as well
   * @throws LinkFailure when the first connection cannot be made, any is refused, or the broker
   *     breaks the protocol
   */
  public Ending run() throws LinkFailure, InterruptedException {
    stop.requested().thenRun(() -> ending.complete(Ending.STOPPED));
    while (true) {
      try (Link link = Link.start(connect, events, new Listener(), session)) {
        link.reached().thenRun(this::startClock);
        stay(link);
        Ending how = finish(link);
        if (how != null) {
          return how;
        }
      } catch (LinkFailure failure) {
        if (!everConnected || isFinal(failure)) {
          throw failure;
        }
      }
      pause();
      if (ending.isDone()) {
        return ending.join();
      }
    }
  }

  private void startClock() {
    if (subscribe.timeout() != null) {
      // The second connection finds the clock running.
      ending.completeOnTimeout(
          Ending.TIMED_OUT, subscribe.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Returns when the connection, or all of it, has come to its end. */
  private void stay(Link link) throws LinkFailure, InterruptedException {
    Link.result(CompletableFuture.anyOf(link.opened(), ending));
    if (ending.isDone()) {
      return;
    }
    everConnected = true;
    connect = connect.withClientId(link.clientId());
    try {
      if (!subscribe.subscriptions().isEmpty()) {
        CompletableFuture<Packet> suback =
            link.subscribing(subscribe.subscriptions(), subscribe.subscribeProperties());
        Link.result(CompletableFuture.anyOf(suback, ending));
        if (suback.isDone()) {
          judge((Suback) suback.join());
        }
      }
      Link.result(CompletableFuture.anyOf(link.over(), ending));
    } catch (CancellationException struck) {
      // The end of the link tells.
    }
  }

  private void judge(Suback suback) {
    for (int code : suback.reasonCodes()) {
      if (!ReasonCode.isFailure(code)) {
        return;
      }
    }
    if (ending.complete(Ending.DENIED)) {
      events.warning("All subscription requests were denied.");
    }
  }

  /**
   * Ends the link as the ending wants it.
   *
   * @return null when there is to be another link
   */
  private Ending finish(Link link) throws LinkFailure, InterruptedException {
    if (!link.opened().isDone()) {
      return ending.join(); // Nobody to say goodbye to.
    }
    if (ending.isDone()) {
      link.end(farewell(ending.join()), subscribe.disconnectProperties());
    }
    End end = link.over().join();
    if (end == End.STRUCK) {
      Link.result(CompletableFuture.anyOf(link.struck(), ending));
      return Ending.STRUCK;
    }
    if (end.failure() != null && isFinal(end.failure())) {
      throw end.failure();
    }
    return ending.getNow(null);
  }

  private static int farewell(Ending ending) {
    return ending == Ending.STOPPED || ending == Ending.TIMED_OUT
        ? ReasonCode.DISCONNECT_WITH_WILL_MESSAGE
        : ReasonCode.NORMAL_DISCONNECTION;
  }

  /** Whether trying again would be no use. */
  private static boolean isFinal(LinkFailure failure) {
    return switch (failure.kind()) {
      case REFUSED, PROTOCOL, MALFORMED, AUTHENTICATION -> true;
      default -> false;
    };
  }

  /** Waits before the next attempt, unless there is to be none. */
  private void pause() throws InterruptedException {
    CompletableFuture<Object> due =
        new CompletableFuture<>().completeOnTimeout(null, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    try {
      Link.result(CompletableFuture.anyOf(due, ending));
    } catch (LinkFailure e) {
      throw new IllegalStateException(e); // Neither can fail.
    }
  }

  private final class Listener implements LinkListener {

    @Override
    public void received(Received message) {
      if (ending.isDone()) {
        return;
      }
      try {
        sink.accept(message);
      } catch (IOException closed) {
        ending.complete(Ending.OUTPUT_CLOSED);
      }
      if (++accepted == subscribe.selection().count()) {
        ending.complete(Ending.DONE);
      }
    }

    /** The end of the link tells. */
    @Override
    public void lost(LinkFailure failure) {}
  }
}
