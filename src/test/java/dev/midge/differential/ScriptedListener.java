package dev.midge.differential;

import dev.midge.mqtt.packet.PacketType;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Iterator;

/** Records while it plays a broker by a {@link Script}. */
final class ScriptedListener extends Listener {
  private final Script script;
  private final Runnable signal;

  /**
   * @param signal sends the tool its signal
   */
  ScriptedListener(Script script, Runnable signal) {
    this.script = script;
    this.signal = signal;
  }

  @Override
  void serve(int connection, Socket client, PacketStream stream) throws IOException {
    Iterator<Script.Turn> turns = script.turns(connection).iterator();
    Script.Turn next = turns.hasNext() ? turns.next() : null;
    byte[] buffer = new byte[64 * 1024];
    InputStream in = client.getInputStream();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (PacketType type : stream.feed(buffer, count)) {
        if (next == null || next.on != type) {
          continue;
        }
        next.answer.writeTo(client.getOutputStream());
        if (next.signals) {
          signal.run();
        }
        if (next.end != Script.End.NONE) {
          client.setSoLinger(next.end == Script.End.RESET, 0);
          return;
        }
        next = turns.hasNext() ? turns.next() : null;
      }
    }
  }
}
