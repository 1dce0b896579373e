package dev.midge.cli.proxy;

import dev.midge.fault.Direction;
import dev.midge.format.JsonEvents;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.PassedPacket;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints a packet as one JSON object a line, with all that is in it but passwords. */
final class JsonPrinter implements PacketPrinter {
  private final JsonEvents events;

  /**
   * @param out flushed by its owner
   */
  JsonPrinter(OutputStream out, Clock clock) {
    events = new JsonEvents(new Unflushed(out), clock);
  }

  @Override
  public void print(ConnectionName name, Direction direction, PassedPacket packet)
      throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("client", name.client() == null ? "" : name.client());
    facts.put("connection", name.number());
    facts.put("address", name.address());
    facts.put("direction", direction == Direction.OUT ? "out" : "in");
    PacketFacts.add(facts, packet);
    events.write("packet", facts, PacketFacts.properties(packet));
  }

  /** Leaves the flush to whoever knows that no more packets are there. */
  private static final class Unflushed extends OutputStream {
    private final OutputStream out;

    Unflushed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }
}
