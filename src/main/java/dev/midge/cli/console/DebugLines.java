package dev.midge.cli.console;

import dev.midge.cli.Compatibility;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketDetails;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Prints the lines of {@code -d}, one for each packet, in mosquitto's words. */
public final class DebugLines {
  private final OutputStream out;
  private final Compatibility compatibility;
  private final boolean tellGranted;
  private volatile @Nullable String clientId;
  private volatile boolean cleanStart;
  private volatile boolean answered;

  /**
   * Makes the lines of one client.
   *
   * @param clientId may be empty
   * @param tellGranted whether granted subscriptions are shown
   */
  public DebugLines(
      OutputStream out, Compatibility compatibility, String clientId, boolean tellGranted) {
    this.out = out;
    this.compatibility = compatibility;
    this.tellGranted = tellGranted;
    this.clientId = clientId.isEmpty() ? null : clientId;
  }

  /** Sets the id that the broker gave, for the lines from now on. */
  public void clientId(String id) {
    clientId = id.isEmpty() ? null : id;
  }

  private String name() {
    return clientId == null ? compatibility.missingClientId(false) : clientId;
  }

  /** Prints the line of a packet that is sent. */
  public void sending(Packet packet) {
    if (packet instanceof Connect connect) {
      cleanStart = connect.cleanStart();
      answered = false;
    }
    String sending = "Client " + name() + " sending " + packet.type();
    if (packet instanceof Publish publish) {
      line(published(sending, publish));
    } else if (packet instanceof Subscribe subscribe) {
      for (Subscription one : subscribe.subscriptions()) {
        line(
            sending
                + " (Mid: "
                + subscribe.packetId()
                + ", Topic: "
                + one.filter()
                + ", QoS: "
                + one.qos().level()
                + ", Options: 0x"
                + TerminalEscapes.hex(one.options() & 0xFC, 2)
                + ")");
      }
    } else if (packet instanceof Unsubscribe unsubscribe) {
      for (String filter : unsubscribe.filters()) {
        line(sending + " (Mid: " + unsubscribe.packetId() + ", Topic: " + filter + ")");
      }
    } else if (packet instanceof Ack ack) {
      line(PacketDetails.sent(new StringBuilder(sending), ack).toString());
    } else {
      line(sending);
    }
  }

  /** Prints the line of a packet that has come. */
  public void received(Packet packet) {
    String received = "Client " + name() + " received " + packet.type();
    if (packet instanceof Connack connack) {
      received(connack);
    } else if (packet instanceof Publish publish) {
      line(published(received, publish));
    } else if (packet instanceof Ack ack) {
      line(PacketDetails.received(new StringBuilder(received), ack).toString());
    } else if (packet instanceof Suback suback) {
      line(received);
      if (tellGranted) {
        line("Subscribed (mid: " + suback.packetId() + "): " + list(suback));
      }
    } else if (packet instanceof Disconnect disconnect) {
      line("Received DISCONNECT (" + disconnect.reasonCode() + ")");
    } else {
      line(received);
    }
  }

  /** Prints the warning about a PUBREC for a message that nobody sent. */
  public void unknown(Ack pubrec) {
    line(
        "Warning: Received PUBREC from "
            + name()
            + " for an unknown packet identifier "
            + pubrec.packetId()
            + ".");
  }

  private void received(Connack connack) {
    if (answered) {
      line("Client " + name() + " received duplicate CONNACK");
      return;
    }
    answered = true;
    String assigned = connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    clientId = assigned == null ? clientId : assigned;
    // The one line that writes a missing id so.
    String id = clientId == null ? compatibility.missingClientId(true) : clientId;
    line("Client " + id + " received CONNACK (" + connack.reasonCode() + ")");
    if (cleanStart && connack.sessionPresent()) {
      line("Client " + id + " received CONNACK with session present when clean start was set");
    }
  }

  private static String published(String line, Publish publish) {
    String topic = publish.message().topic();
    return PacketDetails.publish(new StringBuilder(line), publish, topic).toString();
  }

  private static String list(Suback suback) {
    StringBuilder codes = new StringBuilder();
    for (int code : suback.reasonCodes()) {
      codes.append(codes.length() == 0 ? "" : ", ").append(code);
    }
    return codes.toString();
  }

  private void line(String text) {
    try {
      // One write, so that a line and a message never mix.
      out.write((compatibility.escaped(text) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // StandardOutput has told, which ends the job.
    }
  }
}
