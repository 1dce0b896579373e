package dev.midge.broker.transport;

import dev.midge.net.TlsRefusal;
import dev.midge.net.tls.PlainAlert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of TLS: JSSE's engine between socket and codec. Broker thread only, except the
 * handshake's cryptography, which runs on another. Meanwhile the engine is not used: it has one
 * lock, and the broker would wait for it.
 */
final class TlsLayer implements ChannelLayer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  // Answers within TLS (key updates) that a peer does not read.
  private static final int MAX_UNSENT = 128 * 1024;

  private final SocketChannel channel;
  private final ServerTls tls;
  private final Supplier<ServerTls> present;
  private final SSLEngine engine;
  private ByteBuffer undecrypted = NOTHING;
  private ByteBuffer unsent = NOTHING;
  private int record; // where it begins in the input
  private long taken;
  private boolean hasMore;
  private boolean established;
  private boolean ended; // by the peer
  private @Nullable SSLException broken;
  private @Nullable Runnable work; // not taken yet
  private boolean working; // from the work's begin until workDone
  private @Nullable SSLException workFailure; // on the other thread
  private @Nullable IOException writeFailure; // of the socket

  /**
   * @param present gives the TLS of the listener after it was read anew
   */
  TlsLayer(SocketChannel channel, ServerTls tls, Supplier<ServerTls> present) throws IOException {
    this.channel = channel;
    this.tls = tls;
    this.present = present;
    this.engine = tls.engine();
    engine.beginHandshake();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (broken != null) {
      throw LayerException.network("TLS: " + TlsRefusal.words(broken));
    }
    if (working) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    ByteBuffer input = tls.input.clear().put(undecrypted);
    undecrypted = NOTHING;
    if (!hasMore) {
      int count = channel.read(input);
      if (count < 0) {
        if (taken == 0) {
          return -1;
        }
        throw LayerException.network("TLS: closed without close_notify");
      }
      taken += count;
    }
    input.flip();
    int before = into.position();
    try {
      unwrapAll(input, into);
    } catch (SSLException e) {
      String alert = PlainAlert.at(input, record);
      broken = alert == null ? e : new SSLException("Received fatal alert: " + alert, e);
      input.position(input.limit());
      sendAlert();
    }
    if (input.hasRemaining()) {
      undecrypted = ByteBuffer.allocate(input.remaining()).put(input).flip();
    }
    int count = into.position() - before;
    if (count == 0 && broken != null) {
      throw LayerException.network("TLS: " + TlsRefusal.words(broken));
    }
    return count == 0 && ended ? -1 : count;
  }

  private void unwrapAll(ByteBuffer input, ByteBuffer into) throws IOException {
    hasMore = false;
    while (true) {
      record = input.position();
      SSLEngineResult result = engine.unwrap(input, into);
      if (result.getStatus() == Status.CLOSED) {
        ended = true;
        return;
      }
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        hasMore = true;
        return;
      }
      boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
      HandshakeStatus next = answer(engine.getHandshakeStatus());
      if (working) {
        return;
      }
      if (result.getStatus() == Status.BUFFER_UNDERFLOW
          || !moved && next == result.getHandshakeStatus()) {
        return;
      }
    }
  }

  /** Does the steps of the handshake that are this side's. */
  private HandshakeStatus answer(HandshakeStatus wanted) throws IOException {
    HandshakeStatus status = wanted;
    boolean asked = status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP;
    if (established && asked && isOldVersion() && !engine.isInboundDone()) {
      throw new SSLException("renegotiation is not supported");
    }
    while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
      if (status == HandshakeStatus.NEED_TASK) {
        beginWork();
        return status;
      } else if (wrap() == 0) {
        break;
      }
      status = engine.getHandshakeStatus();
    }
    established |= status == HandshakeStatus.NOT_HANDSHAKING;
    return status;
  }

  /** Leaves some milliseconds of cryptography to another thread, so that no other client waits. */
  private void beginWork() {
    working = true;
    work =
        () -> {
          try {
            Runnable task;
            // A peer that has gone meanwhile needs no handshake.
            while (channel.isOpen() && (task = engine.getDelegatedTask()) != null) {
              task.run();
            }
          } catch (RuntimeException | Error e) {
            workFailure = new SSLException("the handshake failed: " + e, e);
          }
        };
  }

  @Override
  public @Nullable Runnable takeWork() {
    Runnable taken = work;
    work = null;
    return taken;
  }

  @Override
  public void workDone() {
    working = false;
    hasMore = true; // bytes that came with the last ones, or the engine's own answer
    broken = workFailure;
  }

  private boolean isOldVersion() {
    return engine.getSession().getProtocol().equals("TLSv1.2");
  }

  /** Sends the engine's own bytes; returns how many. */
  private int wrap() throws IOException {
    ByteBuffer output = tls.output.clear();
    int produced = engine.wrap(NOTHING, output).bytesProduced();
    send(output.flip());
    return produced;
  }

  private void sendAlert() throws IOException {
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        if (wrap() == 0) {
          return;
        }
      } catch (SSLException e) {
        // The engine throws its error once more; the alert comes with the next call.
      }
    }
  }

  /**
   * Sends the engine's bytes. A failure is kept for {@link #flush}: while the peer's last bytes are
   * read, it does not matter that it takes none any more.
   */
  private void send(ByteBuffer bytes) throws IOException {
    if (writeFailure != null) {
      return;
    }
    try {
      flush();
      if (!unsent.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      writeFailure = e;
      unsent = NOTHING;
      return;
    }
    if (bytes.hasRemaining()) {
      if (unsent.remaining() + bytes.remaining() > MAX_UNSENT) {
        throw LayerException.network("TLS: answers are not read");
      }
      unsent =
          ByteBuffer.allocate(unsent.remaining() + bytes.remaining()).put(unsent).put(bytes).flip();
    }
  }

  @Override
  public long write(ByteBuffer[] from) throws IOException {
    long written = 0;
    flush();
    if (!established || working) {
      return 0;
    }
    int record = engine.getSession().getPacketBufferSize();
    boolean more = true;
    while (more && !unsent.hasRemaining()) {
      ByteBuffer output = tls.output.clear();
      while (more && output.remaining() >= record) {
        SSLEngineResult result = engine.wrap(from, output);
        if (result.getStatus() == Status.CLOSED) {
          throw new IOException("TLS: closed");
        }
        written += result.bytesConsumed();
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
          beginWork();
        }
        more =
            !working
                && (result.bytesConsumed() > 0 || result.bytesProduced() > 0)
                && hasRemaining(from);
      }
      send(output.flip());
      if (writeFailure != null) {
        throw writeFailure;
      }
    }
    return written;
  }

  private static boolean hasRemaining(ByteBuffer[] buffers) {
    for (ByteBuffer each : buffers) {
      if (each.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void flush() throws IOException {
    if (writeFailure != null) {
      throw writeFailure;
    }
    if (unsent.hasRemaining()) {
      channel.write(unsent);
      if (!unsent.hasRemaining()) {
        unsent = NOTHING;
      }
    }
  }

  @Override
  public boolean wantsFlush() {
    return unsent.hasRemaining();
  }

  @Override
  public void end() throws IOException {
    if (taken > 0 && !working) { // a peer that sent nothing gets nothing
      engine.closeOutbound();
      sendAlert();
    }
  }

  @Override
  public boolean hasMore() {
    return !working && (hasMore || broken != null || ended);
  }

  @Override
  public long taken() {
    return taken;
  }

  @Override
  public TlsFacts tls() {
    return new TlsFacts(engine.getSession(), present.get());
  }
}
