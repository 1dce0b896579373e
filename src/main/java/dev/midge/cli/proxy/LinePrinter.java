package dev.midge.cli.proxy;

import dev.midge.cli.console.Terminal;
import dev.midge.fault.Direction;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Prints a line for people: time, client, direction, packet. */
final class LinePrinter implements PacketPrinter {
  private final OutputStream out;
  private final Terminal terminal;
  private final WallTime time;

  LinePrinter(OutputStream out, Terminal terminal, WallTime time) {
    this.out = out;
    this.terminal = terminal;
    this.time = time;
  }

  @Override
  public void print(ConnectionName name, Direction direction, PassedPacket packet)
      throws IOException {
    boolean up = direction == Direction.OUT;
    String line =
        time.now()
            + ' '
            + TerminalEscapes.forLog(name.text())
            + (up ? " -> " : " <- ")
            + PacketText.of(packet);
    String painted = terminal.paint(up ? Terminal.Shade.OUT : Terminal.Shade.IN, line);
    out.write((painted + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
