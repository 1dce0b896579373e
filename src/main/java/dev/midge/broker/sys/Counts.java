package dev.midge.broker.sys;

import dev.midge.mqtt.packet.Publish;

/**
 * Counts what happens in a broker, since its start. Plain fields: counting runs for every message,
 * on the broker thread alone.
 */
public final class Counts {
  long received; // packets
  long sent;
  long publishReceived;
  long publishSent;
  long publishDropped;
  long publishBytesReceived; // payloads
  long publishBytesSent;
  long sockets;
  long connects;
  long expired;

  /** Counts a connection to a listener. */
  public void socket() {
    sockets++;
  }

  /** Counts a CONNECT. */
  public void connect() {
    received++;
    connects++;
  }

  /** Counts a packet from a client, other than CONNECT and PUBLISH. */
  public void received() {
    received++;
  }

  /** Counts a PUBLISH from a client, also one that the broker refuses. */
  public void received(Publish packet) {
    received++;
    publishReceived++;
    publishBytesReceived += packet.message().payload().length;
  }

  /** Counts a packet to a client, other than PUBLISH. */
  public void sent() {
    sent++;
  }

  /** Counts a PUBLISH to a client. */
  public void sent(Publish packet) {
    sent++;
    publishSent++;
    publishBytesSent += packet.message().payload().length;
  }

  /** Counts a message that one subscriber does not get, because too many wait for it. */
  public void dropped() {
    publishDropped++;
  }

  /** Counts a session that has expired. */
  public void expired() {
    expired++;
  }
}
