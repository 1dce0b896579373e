package dev.midge.net.websocket;

import dev.midge.net.ClientChannel;
import dev.midge.net.socket.TimedFarewell;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * MQTT over WebSocket, RFC 6455, as a client: asks for {@code /mqtt}, then puts each packet into a
 * binary frame. The layer below may be TLS.
 */
public final class WebSocketChannel implements ClientChannel {

  private final ClientChannel below;
  private final String host;
  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable FrameWriter writer;
  private @Nullable FrameReader reader;

  public WebSocketChannel(ClientChannel below, String host) {
    this.below = below;
    this.host = host;
  }

  @Override
  public void connect() throws IOException {
    below.connect();
    ClientHandshake handshake = new ClientHandshake(random);
    below.out().write(handshake.request(host));
    InputStream in = new BufferedInputStream(below.in());
    handshake.readAnswer(in);
    FrameWriter frames = new FrameWriter(below.out(), random);
    reader = new FrameReader(in, frames);
    writer = frames;
  }

  @Override
  public @Nullable String awaited() {
    String before = below.awaited();
    return before == null && writer == null ? "the answer of the WebSocket server" : before;
  }

  @Override
  public InputStream in() {
    return Objects.requireNonNull(reader); // since connect()
  }

  @Override
  public OutputStream out() {
    return Objects.requireNonNull(writer); // since connect()
  }

  @Override
  public void endOutput() throws IOException {
    FrameWriter frames = writer;
    if (frames != null) {
      TimedFarewell.say(() -> frames.close(FrameFormat.NORMAL));
    }
    below.endOutput();
  }

  @Override
  public void close() throws IOException {
    FrameWriter frames = writer;
    if (frames != null) {
      TimedFarewell.say(() -> frames.close(FrameFormat.NORMAL));
    }
    below.close();
  }

  @Override
  public void abort() throws IOException {
    below.abort();
  }
}
