package dev.midge.broker.transport;

import dev.midge.net.websocket.FrameFormat;
import dev.midge.net.websocket.FrameParser;
import dev.midge.net.websocket.ServerHandshake;
import dev.midge.net.websocket.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a WebSocket, RFC 6455: first the HTTP request, then frames. The borders of
 * frames and packets have nothing to do with one another [MQTT-6.0.0-2]. Broker thread only.
 */
final class WebSocketLayer implements ChannelLayer {
  private static final int LONGEST_REQUEST = 8 * 1024;
  private static final String END_OF_REQUEST = "\r\n\r\n";

  // RFC 6455 5.5.3: who sends more pings than it reads pongs gets the latest.
  private static final int MOST_PONGS = 16;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ChannelLayer below;
  private final FrameParser parser = new FrameParser(FrameParser.Sender.CLIENT, this::control);
  private @Nullable StringBuilder request = new StringBuilder(); // null once it was answered

  // To be written: what was begun, then the rest of the frame that it began, then control frames.
  private ByteBuffer begun = NOTHING;
  private long frameLeft;
  private final ArrayDeque<ByteBuffer> controls = new ArrayDeque<>();
  private boolean broken;
  private boolean ended; // by the peer
  private boolean closeSent;
  private boolean ending;
  private boolean belowEnded;

  WebSocketLayer(ChannelLayer below) {
    this.below = below;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (broken) {
      throw LayerException.protocolError();
    }
    if (ended) {
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
        queueClose(violation.closeCode());
        broken = true;
      }
    }
    into.clear().position(carried);
    return carried > 0 ? carried : nothing();
  }

  /** What is wrong is told at once if nothing good came before it. */
  private int nothing() throws LayerException {
    if (broken) {
      throw LayerException.protocolError();
    }
    return ended ? -1 : 0;
  }

  /** Takes the request out of the bytes; false if it is not complete, or bad. */
  private boolean takeRequest(StringBuilder text, ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      text.append((char) (bytes.get() & 0xFF));
      int length = text.length();
      if (text.charAt(length - 1) == '\n' && length >= END_OF_REQUEST.length()) {
        if (text.indexOf(END_OF_REQUEST, length - END_OF_REQUEST.length()) >= 0) {
          byte[] answer = ServerHandshake.answer(text.toString());
          broken = answer == null;
          request = null;
          if (answer != null) {
            begun = ByteBuffer.wrap(answer);
          }
          return !broken;
        }
      }
      if (length == 4 && !text.toString().equals("GET ") || length >= LONGEST_REQUEST) {
        broken = true; // and nothing is answered
        return false;
      }
    }
    return false;
  }

  private void control(int opcode, byte[] payload) {
    switch (opcode) {
      case FrameFormat.PING -> {
        if (controls.size() == MOST_PONGS) {
          controls.pollFirst();
        }
        controls.addLast(frame(FrameFormat.PONG, payload));
      }
      case FrameFormat.CLOSE -> {
        ended = true;
        if (!closeSent) {
          closeSent = true;
          // RFC 6455 5.5.1: echoed, without the words; a code of one byte is none.
          byte[] code = payload.length < 2 ? new byte[0] : new byte[] {payload[0], payload[1]};
          controls.addLast(frame(FrameFormat.CLOSE, code));
        }
      }
      default -> {} // a pong that nobody asked for
    }
  }

  private static ByteBuffer frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(2 + payload.length); // a control frame is short
    FrameFormat.putHead(frame, opcode, payload.length, null);
    return frame.put(payload).flip();
  }

  private void queueClose(int code) {
    if (!closeSent && !broken && request == null) {
      closeSent = true;
      byte[] payload = {(byte) (code >> 8), (byte) code};
      controls.addLast(frame(FrameFormat.CLOSE, payload));
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
      if (closeSent) {
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
    while (begun.hasRemaining() || frameLeft == 0 && !controls.isEmpty()) {
      if (!begun.hasRemaining()) {
        begun = controls.pollFirst();
      }
      below.write(begun);
      if (begun.hasRemaining()) {
        break;
      }
    }
    if (ending && !belowEnded && !begun.hasRemaining() && controls.isEmpty()) {
      belowEnded = true;
      below.end();
    }
    below.flush();
  }

  @Override
  public boolean wantsFlush() {
    return begun.hasRemaining() || !controls.isEmpty() || below.wantsFlush();
  }

  @Override
  public void end() throws IOException {
    queueClose(FrameFormat.NORMAL);
    ending = true;
    flush();
  }

  @Override
  public boolean hasMore() {
    return broken || ended || below.hasMore();
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
  public @Nullable String encryption() {
    return below.encryption();
  }
}
