package dev.midge.control.socket;

import dev.midge.control.Facts;
import dev.midge.net.socket.UnixSockets;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to the control socket of a broker or proxy. For one thread. */
public final class ControlClient implements AutoCloseable {
  private static final int LONGEST_ANSWER = 256 * 1024 * 1024;

  private final SocketChannel channel;
  private final Lines lines;

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
    this.lines = new Lines(channel, LONGEST_ANSWER);
  }

  /**
   * Connects.
   *
   * @throws IOException when nobody listens there
   */
  public static ControlClient connect(Path path) throws IOException {
    SocketChannel channel = UnixSockets.client();
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return new ControlClient(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends a command. */
  public void send(String word, List<String> arguments) throws IOException {
    lines.write(new Facts().with("command", word).withWords("args", arguments).ascii());
  }

  /**
   * Waits for a line of the answer.
   *
   * @return null when the server has ended the connection
   * @throws IOException also for a line that is no JSON object
   */
  public @Nullable Facts next() throws IOException {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    Facts facts = Facts.parse(line);
    if (facts == null) {
      throw new EOFException("What answers there speaks another language.");
    }
    return facts;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
