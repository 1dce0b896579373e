package dev.midge.broker;

import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Peer;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.text.TerminalEscapes;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens in the broker, in the words of mosquitto's log. Broker thread only. Nothing is built
 * that nobody wants: without {@code verbose}, packets cost nothing here.
 */
final class EventLog implements BrokerObserver {
  private final Consumer<BrokerEvent> consumer;
  private final boolean verbose;

  EventLog(Consumer<BrokerEvent> consumer, boolean verbose) {
    this.consumer = consumer;
    this.verbose = verbose;
  }

  void line(Level level, Kind kind, String text) {
    try {
      consumer.accept(new BrokerEvent(Instant.now(), level, kind, text));
    } catch (RuntimeException e) {
      // A log that fails must not become the fault of the client whose line it was.
    }
  }

  /** What has several lines becomes several events, so that each has its time before it. */
  private void debug(Kind kind, String text) {
    for (String each : text.split("\n")) {
      line(Level.DEBUG, kind, each);
    }
  }

  @Override
  public void opened(Peer peer) {
    line(
        Level.NOTICE,
        Kind.CONNECTED,
        "New connection from " + peer.address() + " on port " + peer.port() + ".");
  }

  @Override
  public void connected(Peer peer, String clientId, Connect connect) {
    StringBuilder text = new StringBuilder("New client connected from ");
    text.append(peer.address()).append(" as ").append(TerminalEscapes.escapedForLog(clientId));
    text.append(" (p").append(connect.version().level());
    text.append(", c").append(connect.cleanStart() ? '1' : '0');
    text.append(", k").append(connect.keepAlive());
    if (connect.username() != null) {
      text.append(", u'").append(TerminalEscapes.escapedForLog(connect.username())).append('\'');
    }
    line(Level.NOTICE, Kind.CONNECTED, text.append(").").toString());
    String encryption = peer.encryption();
    if (encryption != null) {
      line(
          Level.NOTICE,
          Kind.CONNECTED,
          "Client " + TerminalEscapes.escapedForLog(clientId) + " negotiated " + encryption);
    }
    if (verbose) {
      debug(Kind.WILL, will(connect.will()));
    }
  }

  private static String will(@Nullable Will will) {
    if (will == null) {
      return "No will message specified.";
    }
    Message message = will.message();
    return "Will message specified ("
        + message.payload().length
        + " bytes) (r"
        + (message.retain() ? 1 : 0)
        + ", q"
        + message.qos().level()
        + ").\n\t"
        + TerminalEscapes.escapedForLog(message.topic());
  }

  @Override
  public void ended(Peer peer, @Nullable String clientId, DisconnectCause cause) {
    boolean orderly = cause.reason().isEmpty();
    line(
        Level.NOTICE,
        orderly ? Kind.GOODBYE : Kind.ABRUPT_END,
        "Client "
            + TerminalEscapes.escapedForLog(clientId == null ? peer.address() : clientId)
            + " ["
            + peer.address()
            + "] disconnected"
            + (orderly ? "." : ": " + TerminalEscapes.escapedForLog(cause.reason()) + "."));
  }

  @Override
  public void received(String clientId, Packet packet) {
    if (verbose) {
      debug(Kind.PACKET_IN, PacketLines.received(TerminalEscapes.escapedForLog(clientId), packet));
    }
  }

  @Override
  public void sent(String name, Packet packet) {
    if (verbose) {
      debug(Kind.PACKET_OUT, PacketLines.sent(TerminalEscapes.escapedForLog(name), packet));
    }
  }

  @Override
  public void published(String clientId, Publish packet, String topic) {
    if (verbose) {
      debug(
          Kind.PACKET_OUT,
          PacketLines.publish(
              "Sending PUBLISH to ", TerminalEscapes.escapedForLog(clientId), packet, topic));
    }
  }

  @Override
  public void denied(String clientId, Publish packet) {
    if (verbose) {
      refused("Denied PUBLISH from ", clientId, packet);
    }
  }

  @Override
  public void tooLarge(String clientId, Publish packet) {
    if (verbose) {
      refused("Dropped too large PUBLISH from ", clientId, packet);
    }
  }

  private void refused(String what, String clientId, Publish packet) {
    String topic = packet.message().topic();
    debug(
        Kind.PACKET_IN,
        PacketLines.publish(what, TerminalEscapes.escapedForLog(clientId), packet, topic));
  }

  @Override
  public void tooLargeFor(String clientId, int bytes) {
    line(
        Level.NOTICE,
        Kind.OTHER,
        "Dropping too large outgoing PUBLISH for "
            + TerminalEscapes.escapedForLog(clientId)
            + " ("
            + bytes
            + " bytes)");
  }

  @Override
  public void dropping(String clientId) {
    line(
        Level.NOTICE,
        Kind.OTHER,
        "Outgoing messages are being dropped for client "
            + TerminalEscapes.escapedForLog(clientId)
            + ".");
  }

  @Override
  public void packetIdReused(String clientId, int packetId) {
    line(
        Level.WARNING,
        Kind.OTHER,
        "Reused message ID "
            + packetId
            + " from "
            + TerminalEscapes.escapedForLog(clientId)
            + " detected. Clearing from database.");
  }

  @Override
  public void subscribed(String clientId, Subscription subscription) {
    if (verbose) {
      line(
          Level.SUBSCRIBE,
          Kind.OTHER,
          TerminalEscapes.escapedForLog(clientId)
              + " "
              + subscription.qos().level()
              + " "
              + TerminalEscapes.escapedForLog(subscription.filter()));
    }
  }

  @Override
  public void unsubscribed(String clientId, String filter) {
    if (verbose) {
      line(
          Level.UNSUBSCRIBE,
          Kind.OTHER,
          TerminalEscapes.escapedForLog(clientId) + " " + TerminalEscapes.escapedForLog(filter));
    }
  }

  @Override
  public void protocolError(String name, String what) {
    line(
        Level.INFORMATION,
        Kind.OTHER,
        "Protocol error from "
            + TerminalEscapes.escapedForLog(name)
            + ": "
            + TerminalEscapes.escapedForLog(what)
            + ".");
  }

  @Override
  public void secondConnect(Peer peer) {
    line(
        Level.INFORMATION,
        Kind.OTHER,
        "Bad client " + peer.address() + " sending multiple CONNECT messages.");
  }

  @Override
  public void internalError(String name, Throwable problem) {
    line(
        Level.ERROR,
        Kind.OTHER,
        "Error: "
            + TerminalEscapes.escapedForLog(name)
            + ": "
            + TerminalEscapes.escapedForLog(problem.toString()));
  }

  @Override
  public void memoryIsShort(long refused) {
    line(
        Level.WARNING,
        Kind.OTHER,
        "Warning: memory is nearly used up, of "
            + Runtime.getRuntime().maxMemory() / (1024 * 1024)
            + " MB: new sessions, subscriptions, retained and queued messages are refused, "
            + refused
            + " so far.");
  }

  @Override
  public void notTaken(String address, Throwable problem) {
    line(
        Level.ERROR,
        Kind.OTHER,
        "Error: connection from "
            + TerminalEscapes.escapedForLog(address)
            + " could not be taken: "
            + TerminalEscapes.escapedForLog(problem.toString()));
  }

  @Override
  public void noRoom(Throwable problem) {
    line(
        Level.ERROR,
        Kind.OTHER,
        "Error: new connections wait until others end: "
            + TerminalEscapes.escapedForLog(String.valueOf(problem.getMessage()))
            + "; 'ulimit -n' says how many files may be open.");
  }

  @Override
  public void sessionExpired(String clientId) {
    line(
        Level.NOTICE,
        Kind.OTHER,
        "Expiring client " + TerminalEscapes.escapedForLog(clientId) + " due to timeout.");
  }

  @Override
  public void willDelayed(String clientId, Message will, long seconds) {
    if (verbose) {
      debug(
          Kind.WILL,
          "Will of "
              + TerminalEscapes.escapedForLog(clientId)
              + " to '"
              + TerminalEscapes.escapedForLog(will.topic())
              + "' waits "
              + seconds
              + " s.");
    }
  }

  @Override
  public void willPublished(String clientId, Message will, String why) {
    if (verbose) {
      debug(
          Kind.WILL,
          "Publishing will of "
              + TerminalEscapes.escapedForLog(clientId)
              + " to '"
              + TerminalEscapes.escapedForLog(will.topic())
              + (why.isEmpty() ? "'." : "': " + why + "."));
    }
  }

  /** Without a full stop, as the lines are that name a reason last. */
  @Override
  public void willDiscarded(String clientId, String why) {
    if (verbose) {
      debug(
          Kind.WILL,
          "Will of "
              + TerminalEscapes.escapedForLog(clientId)
              + " discarded: "
              + TerminalEscapes.escapedForLog(why));
    }
  }
}
