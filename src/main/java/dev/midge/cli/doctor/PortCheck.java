package dev.midge.cli.doctor;

import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.NetFailure;
import dev.midge.net.TlsSpec;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Looks who listens on a port of this machine, and whether that speaks MQTT. */
final class PortCheck implements Check {
  /** CONNECT of MQTT 3.1.1: a clean session, no client id, a keep alive of ten seconds. */
  private static final byte[] CONNECT =
      "\20\14\0\4MQTT\4\2\0\12\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] DISCONNECT = {(byte) 0xE0, 0};
  private static final int CONNACK = 0x20;
  private static final int CONNACK_BYTES = 4;

  private static final TlsSpec ANY_CERTIFICATE =
      new TlsSpec(null, null, false, null, null, null, null, null, null, true);

  private final String host;
  private final int port;
  private final boolean tls;

  /**
   * Makes one.
   *
   * @param tls whether TLS is expected
   */
  PortCheck(String host, int port, boolean tls) {
    this.host = host;
    this.port = port;
    this.tls = tls;
  }

  @Override
  public Diagnosis look() throws IOException {
    try (ClientChannel channel = channel(tls ? ANY_CERTIFICATE : null)) {
      channel.connect();
      return answer(channel);
    } catch (NetFailure e) {
      return stranger(" does not speak TLS, or wants a certificate");
    } catch (ConnectException e) {
      return Diagnosis.ok("free: nobody listens there");
    }
  }

  private ClientChannel channel(@Nullable TlsSpec spec) {
    return Channels.to(new Endpoint(Endpoint.Transport.TCP, host, port, null, spec, null));
  }

  private Diagnosis answer(ClientChannel channel) throws IOException {
    byte[] answer;
    try {
      channel.out().write(CONNECT);
      answer = channel.in().readNBytes(CONNACK_BYTES);
    } catch (IOException e) {
      answer = new byte[0];
    }
    if (answer.length < CONNACK_BYTES || answer[0] != CONNACK) {
      return stranger(" does not speak MQTT");
    }
    int code = answer[CONNACK_BYTES - 1];
    if (code == 0) {
      channel.out().write(DISCONNECT);
    }
    return Diagnosis.ok(
        "a broker answers"
            + (tls ? " over TLS" : "")
            + (code == 0
                ? " and lets in who has no user name"
                : ", and refuses who has no user name (code " + code + ")"));
  }

  /** Returns what to say of somebody else, who is in the way of a broker and of nobody else. */
  private Diagnosis stranger(String what) {
    return Diagnosis.warning(
        "taken: who listens there" + what, "-p names another port, for broker and clients");
  }
}
