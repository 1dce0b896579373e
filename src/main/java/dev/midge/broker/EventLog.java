package dev.midge.broker;

import static dev.midge.text.TerminalEscapes.forLog;

import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Peer;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketDetails;
import dev.midge.mqtt.packet.Publish;
import dev.midge.text.LateText;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of the broker in the words of mosquitto's log. Broker thread only. Without
 * {@code verbose}, lines about packets are not built at all.
 */
class EventLog implements BrokerObserver {
  /** Characters that a line takes besides the names in it. */
  private static final int SHORT = 128;

  private final Consumer<BrokerEvent> consumer;
  private boolean verbose;

  EventLog(Consumer<BrokerEvent> consumer, boolean verbose) {
    this.consumer = consumer;
    this.verbose = verbose;
  }

  /** Sets whether packets and subscriptions are logged from now on. */
  void verbose(boolean wanted) {
    verbose = wanted;
  }

  void line(Level level, Kind kind, String text) {
    tell(new BrokerEvent(Instant.now(), level, kind, text));
  }

  private void tell(BrokerEvent event) {
    try {
      consumer.accept(event);
    } catch (RuntimeException e) {
      // A log that fails must not become the fault of the client whose line it was.
    }
  }

  /** Makes an event whose line is built when somebody reads it. */
  private void late(Level level, Kind kind, int size, Supplier<String> text) {
    tell(new BrokerEvent(Instant.now(), level, kind, size, text));
  }

  /** Makes an event of each line, so that each has its time before it. */
  private void debug(Kind kind, String text) {
    for (String each : text.split("\n")) {
      line(Level.DEBUG, kind, each);
    }
  }

  @Override
  public void opened(Peer peer) {
    LateText address = peer.lateAddress();
    int port = peer.port();
    late(
        Level.NOTICE,
        Kind.CONNECTED,
        SHORT,
        () -> "New connection from " + address + " on port " + port + ".");
  }

  @Override
  public void tooMany(String host, String limit) {
    line(
        Level.NOTICE,
        Kind.ABRUPT_END,
        "Client connection from " + host + " denied: " + limit + " exceeded.");
  }

  @Override
  public void connected(Peer peer, String clientId, Connect connect) {
    String username = connect.username();
    int size = clientId.length() + (username == null ? 0 : username.length()) + SHORT;
    late(Level.NOTICE, Kind.CONNECTED, size, connectedText(peer.lateAddress(), clientId, connect));
    String encryption = peer.encryption();
    if (encryption != null) {
      line(
          Level.NOTICE, Kind.CONNECTED, "Client " + forLog(clientId) + " negotiated " + encryption);
    }
    if (verbose) {
      debug(Kind.WILL, will(connect.will()));
    }
  }

  /** Keeps no more of CONNECT than the line tells: its will may be large. */
  private static Supplier<String> connectedText(
      LateText address, String clientId, Connect connect) {
    String username = connect.username();
    ProtocolVersion version = connect.version();
    boolean cleanStart = connect.cleanStart();
    int keepAlive = connect.keepAlive();
    return () -> {
      StringBuilder text = new StringBuilder("New client connected from ");
      text.append(address).append(" as ").append(forLog(clientId));
      String shown = username == null ? null : forLog(username);
      PacketDetails.connect(text, version, cleanStart, keepAlive, shown);
      return text.append('.').toString();
    };
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
        + forLog(message.topic());
  }

  @Override
  public void ended(Peer peer, @Nullable String clientId, DisconnectCause cause) {
    String reason = cause.reason();
    LateText address = peer.lateAddress();
    late(
        Level.NOTICE,
        reason.isEmpty() ? Kind.GOODBYE : Kind.ABRUPT_END,
        (clientId == null ? 0 : clientId.length()) + reason.length() + SHORT,
        () -> ended(clientId == null ? address.toString() : clientId, address, reason));
  }

  private static String ended(String name, LateText address, String reason) {
    return "Client "
        + forLog(name)
        + " ["
        + address
        + "] disconnected"
        + (reason.isEmpty() ? "." : ": " + forLog(reason) + ".");
  }

  @Override
  public void received(String clientId, Packet packet) {
    if (verbose) {
      debug(Kind.PACKET_IN, PacketLines.received(forLog(clientId), packet));
    }
  }

  @Override
  public void sent(String name, Packet packet) {
    if (verbose) {
      debug(Kind.PACKET_OUT, PacketLines.sent(forLog(name), packet));
    }
  }

  @Override
  public void published(String clientId, Publish packet, String topic) {
    if (verbose) {
      debug(
          Kind.PACKET_OUT,
          PacketLines.publish("Sending PUBLISH to ", forLog(clientId), packet, topic));
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
    debug(Kind.PACKET_IN, PacketLines.publish(what, forLog(clientId), packet, topic));
  }

  @Override
  public void tooLargeFor(String clientId, int bytes) {
    line(
        Level.NOTICE,
        Kind.OTHER,
        "Dropping too large outgoing PUBLISH for " + forLog(clientId) + " (" + bytes + " bytes)");
  }

  @Override
  public void dropping(String clientId) {
    line(
        Level.NOTICE,
        Kind.OTHER,
        "Outgoing messages are being dropped for client " + forLog(clientId) + ".");
  }

  @Override
  public void packetIdReused(String clientId, int packetId) {
    line(
        Level.WARNING,
        Kind.OTHER,
        "Reused message ID "
            + packetId
            + " from "
            + forLog(clientId)
            + " detected. Clearing from database.");
  }

  @Override
  public void subscribed(String clientId, Subscription subscription) {
    if (verbose) {
      line(
          Level.SUBSCRIBE,
          Kind.OTHER,
          forLog(clientId)
              + " "
              + subscription.qos().level()
              + " "
              + forLog(subscription.filter()));
    }
  }

  @Override
  public void unsubscribed(String clientId, String filter) {
    if (verbose) {
      line(Level.UNSUBSCRIBE, Kind.OTHER, forLog(clientId) + " " + forLog(filter));
    }
  }

  @Override
  public void protocolError(String name, String what) {
    line(
        Level.INFORMATION,
        Kind.OTHER,
        "Protocol error from " + forLog(name) + ": " + forLog(what) + ".");
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
    line(Level.ERROR, Kind.OTHER, "Error: " + forLog(name) + ": " + forLog(problem.toString()));
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
            + forLog(address)
            + " could not be taken: "
            + forLog(problem.toString()));
  }

  @Override
  public void noRoom(Throwable problem) {
    line(
        Level.ERROR,
        Kind.OTHER,
        "Error: new connections wait until others end: "
            + forLog(String.valueOf(problem.getMessage()))
            + "; 'ulimit -n' says how many files may be open.");
  }

  @Override
  public void fault(String name, String fault, String remark) {
    line(
        Level.NOTICE,
        Kind.FAULT,
        "Fault " + forLog(fault) + " at " + forLog(name) + ": " + forLog(remark) + ".");
  }

  @Override
  public void sessionExpired(String clientId) {
    line(Level.NOTICE, Kind.OTHER, "Expiring client " + forLog(clientId) + " due to timeout.");
  }

  @Override
  public void willDelayed(String clientId, Message will, long seconds) {
    if (verbose) {
      debug(
          Kind.WILL,
          "Will of "
              + forLog(clientId)
              + " to '"
              + forLog(will.topic())
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
              + forLog(clientId)
              + " to '"
              + forLog(will.topic())
              + (why.isEmpty() ? "'." : "': " + why + "."));
    }
  }

  /** Writes no full stop, as other lines that name a reason last. */
  @Override
  public void willDiscarded(String clientId, String why) {
    if (verbose) {
      debug(Kind.WILL, "Will of " + forLog(clientId) + " discarded: " + forLog(why));
    }
  }
}
