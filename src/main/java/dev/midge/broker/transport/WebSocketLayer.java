package dev.midge.broker.transport;

import dev.midge.broker.core.ListenerSettings;
import dev.midge.net.websocket.FrameFormat;
import dev.midge.net.websocket.FrameParser;
import dev.midge.net.websocket.ServerHandshake;
import dev.midge.net.websocket.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the server's side of a WebSocket, RFC 6455, to the selector: first the HTTP request, then
 * frames. The borders of frames and packets have nothing to do with one another [MQTT-6.0.0-2].
 * Broker thread only.
 */
final class WebSocketLayer implements ChannelLayer {
  private static final int LONGEST_REQUEST = 8 * 1024;
  private static final String END_OF_REQUEST = "\r\n\r\n";

  // RFC 6455 5.5.3: who sends more pings than it reads pongs gets the latest.
  private static final int MOST_PONGS = 16;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ChannelLayer below;
  private final ListenerSettings listener;
  private final ControlFrames controls = new ControlFrames();
  private final FrameParser parser = new FrameParser(FrameParser.Sender.CLIENT, controls);
  private @Nullable StringBuilder request = new StringBuilder(); // null once it was answered

  // To be written: what was begun, then the rest of the frame that it began, then control frames.
  private ByteBuffer begun = NOTHING;
  private long frameLeft;
  private boolean broken;
  private boolean foreign; // broken by the page that the browser shows
  private boolean ending;
  private boolean belowEnded;

  /**
   * @param listener whose rules name the origins that it serves
   */
  WebSocketLayer(ChannelLayer below, ListenerSettings listener) {
    this.below = below;
    this.listener = listener;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (broken) {
      throw failure();
    }
    if (controls.ended) {
      return -1;
    }
    int count = below.read(into);
    if (count <= 0) {
      return count;
    }
    into.flip();
    int carried = 0;
    if (request == null || takeRequest(request, into)) {
      carried = parser.parse(into.compact().flip()); // frames may stand behind the request
      Violation violation = parser.violation();
      if (violation != null) {
        close(violation.closeCode());
        broken = true;
      }
    }
    into.clear().position(carried);
    return carried > 0 ? carried : nothing();
  }

  /** Tells what is wrong at once if nothing good came before it. */
  private int nothing() throws LayerException {
    if (broken) {
      throw failure();
    }
    return controls.ended ? -1 : 0;
  }

  private LayerException failure() {
    return foreign ? LayerException.foreignOrigin() : LayerException.protocolError();
  }

  /** Takes the rest of the request out of the bytes; false if it is not complete, or bad. */
  private boolean takeRequest(StringBuilder head, ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      head.append((char) (bytes.get() & 0xFF));
      int length = head.length();
      if (head.charAt(length - 1) == '\n' && length >= END_OF_REQUEST.length()) {
        if (head.indexOf(END_OF_REQUEST, length - END_OF_REQUEST.length()) >= 0) {
          request = null;
          broken = !answer(ServerHandshake.of(head.toString()));
          return !broken;
        }
      }
      if (length == 4 && !head.toString().equals("GET ") || length >= LONGEST_REQUEST) {
        broken = true; // and nothing is answered
        return false;
      }
    }
    return false;
  }

  /** Answers a request; returns false if it gets none. */
  private boolean answer(@Nullable ServerHandshake asked) {
    if (asked == null) {
      return false;
    }
    List<String> served = listener.rules().origins();
    String origin = asked.origin();
    foreign = !served.isEmpty() && origin != null && !served.contains(origin);
    if (foreign) {
      return false;
    }
    begun = ByteBuffer.wrap(asked.answer());
    return true;
  }

  /** The answers to the control frames of the peer, until they are written. */
  private static final class ControlFrames implements FrameParser.Controls {
    final ArrayDeque<ByteBuffer> unwritten = new ArrayDeque<>();
    boolean ended; // by a close frame of the peer
    boolean closeSent;

    @Override
    public void control(int opcode, byte[] payload) {
      switch (opcode) {
        case FrameFormat.PING -> {
          if (unwritten.size() == MOST_PONGS) {
            unwritten.pollFirst();
          }
          add(FrameFormat.PONG, payload);
        }
        case FrameFormat.CLOSE -> {
          ended = true;
          // RFC 6455 5.5.1: echoed, without the words; a code of one byte is none.
          close(payload.length < 2 ? new byte[0] : new byte[] {payload[0], payload[1]});
        }
        default -> {} // a pong that nobody asked for
      }
    }

    /** Sends a close frame, once. */
    void close(byte[] code) {
      if (!closeSent) {
        closeSent = true;
        add(FrameFormat.CLOSE, code);
      }
    }

    private void add(int opcode, byte[] payload) {
      ByteBuffer frame = ByteBuffer.allocate(2 + payload.length); // a control frame is short
      FrameFormat.putHead(frame, opcode, payload.length, null);
      unwritten.addLast(frame.put(payload).flip());
    }
  }

  private void close(int code) {
    if (!broken && request == null) {
      controls.close(new byte[] {(byte) (code >> 8), (byte) code});
    }
  }

  @Override
  public long write(ByteBuffer[] from) throws IOException {
    if (frameLeft == 0) {
      flush();
      long length = 0;
      for (ByteBuffer each : from) {
        length += each.remaining();
      }
      if (controls.closeSent) {
        return length; // nobody will read it
      }
      if (begun.hasRemaining()) {
        return 0;
      }
      frameLeft = length;
      begun = dataHead(frameLeft);
    }
    ByteBuffer[] all = new ByteBuffer[from.length + 1];
    all[0] = begun;
    long wanted = 0;
    int count = 1;
    for (ByteBuffer each : from) {
      // The frame is as long as it said it is; what came since waits for the next.
      int part = (int) Math.min(each.remaining(), frameLeft - wanted);
      all[count++] = each.duplicate().limit(each.position() + part);
      wanted += part;
    }
    int headBefore = begun.remaining();
    long written = below.write(all) - (headBefore - begun.remaining());
    frameLeft -= written;
    return written;
  }

  private static ByteBuffer dataHead(long length) {
    ByteBuffer head = ByteBuffer.allocate(FrameFormat.LONGEST_HEAD);
    FrameFormat.putHead(head, FrameFormat.BINARY, length, null);
    return head.flip();
  }

  @Override
  public void flush() throws IOException {
    while (begun.hasRemaining() || frameLeft == 0 && !controls.unwritten.isEmpty()) {
      if (!begun.hasRemaining()) {
        begun = controls.unwritten.removeFirst();
      }
      below.write(begun);
      if (begun.hasRemaining()) {
        break;
      }
    }
    if (ending && !belowEnded && !begun.hasRemaining() && controls.unwritten.isEmpty()) {
      belowEnded = true;
      below.end();
    }
    below.flush();
  }

  @Override
  public boolean wantsFlush() {
    // A control frame waits for the end of the data frame, whose bytes others have.
    return begun.hasRemaining()
        || frameLeft == 0 && !controls.unwritten.isEmpty()
        || below.wantsFlush();
  }

  @Override
  public void end() throws IOException {
    close(FrameFormat.NORMAL);
    ending = true;
    flush();
  }

  @Override
  public boolean hasMore() {
    return broken || controls.ended || below.hasMore();
  }

  @Override
  public @Nullable Runnable takeWork() {
    return below.takeWork();
  }

  @Override
  public void workDone() {
    below.workDone();
  }

  @Override
  public long taken() {
    return below.taken();
  }

  @Override
  public @Nullable TlsFacts tls() {
    return below.tls();
  }
}
