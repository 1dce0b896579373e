package dev.midge.testing;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Peer;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Packet;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A connection that exists only in a test: it remembers what the router sends. */
public final class RecordingPeer implements Peer {
  private final String address;
  private final ListenerSettings listener;
  private final Deque<Packet> sent = new ArrayDeque<>();
  private X509Certificate certificate;
  private boolean hasGoodCertificate = true;
  private boolean closed;
  private int waiting;

  public RecordingPeer(String address) {
    this(address, ListenerSettings.open("1883", Limits.DEFAULT));
  }

  public RecordingPeer(String address, ListenerSettings listener) {
    this.address = address;
    this.listener = listener;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public ListenerSettings listener() {
    return listener;
  }

  /** Plays a client that has shown a certificate. */
  public void certificate(X509Certificate shown) {
    certificate = shown;
  }

  @Override
  public X509Certificate certificate() {
    return certificate;
  }

  /** Plays a listener that does not accept the certificate any more. */
  public void revokeCertificate() {
    hasGoodCertificate = false;
  }

  @Override
  public boolean hasGoodCertificate() {
    return certificate != null && hasGoodCertificate;
  }

  @Override
  public int port() {
    return 1883;
  }

  @Override
  public void send(Packet packet, ProtocolVersion version) {
    if (closed) {
      throw new AssertionError(packet.type() + " after close");
    }
    sent.add(packet);
  }

  @Override
  public int waiting() {
    return waiting;
  }

  /** Plays a reader that has not taken so many packets yet. */
  public void waiting(int packets) {
    waiting = packets;
  }

  @Override
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Takes the oldest packet. */
  public Packet next() {
    if (sent.isEmpty()) {
      throw new AssertionError("nothing was sent to " + address);
    }
    return sent.poll();
  }

  /** Takes all that was sent and not taken. */
  public List<Packet> all() {
    List<Packet> all = new ArrayList<>(sent);
    sent.clear();
    return all;
  }
}
