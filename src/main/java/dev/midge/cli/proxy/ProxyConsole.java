package dev.midge.cli.proxy;

import dev.midge.cli.console.BatchedOutput;
import dev.midge.fault.Direction;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.proxy.event.ProxyListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packets to standard output; everything to those who hear of everything. */
final class ProxyConsole implements ProxyListener {
  private final BatchedOutput out;
  private final @Nullable PacketPrinter printer;
  private final List<ProxyListener> others;

  /**
   * @param out that of the printer
   * @param printer null for none
   */
  ProxyConsole(BatchedOutput out, @Nullable PacketPrinter printer, List<ProxyListener> others) {
    this.out = out;
    this.printer = printer;
    this.others = List.copyOf(others);
  }

  @Override
  public boolean wantsPackets() {
    return printer != null || others.stream().anyMatch(ProxyListener::wantsPackets);
  }

  @Override
  public void packet(ConnectionName name, Direction direction, PassedPacket packet) {
    if (printer != null) {
      try {
        printer.print(name, direction, packet);
      } catch (IOException e) {
        // StandardOutput has told, which ends the command.
      }
    }
    others.forEach(other -> other.packet(name, direction, packet));
  }

  @Override
  public void idle(ConnectionName name, Direction direction) {
    flush();
    others.forEach(other -> other.idle(name, direction));
  }

  private void flush() {
    if (printer != null) {
      try {
        out.flush();
      } catch (IOException e) {
        // StandardOutput has told, which ends the command.
      }
    }
  }

  @Override
  public void accepted(ConnectionName name, InetSocketAddress client) {
    others.forEach(other -> other.accepted(name, client));
  }

  @Override
  public void reached(ConnectionName name, String broker) {
    others.forEach(other -> other.reached(name, broker));
  }

  @Override
  public void unreachable(ConnectionName name, String broker, Exception why) {
    others.forEach(other -> other.unreachable(name, broker, why));
  }

  @Override
  public void unreached(ConnectionName name) {
    others.forEach(other -> other.unreached(name));
  }

  @Override
  public void connected(ConnectionName name) {
    others.forEach(other -> other.connected(name));
  }

  @Override
  public void subscribed(ConnectionName name) {
    others.forEach(other -> other.subscribed(name));
  }

  @Override
  public void notUnderstood(ConnectionName name, Direction direction, String why) {
    others.forEach(other -> other.notUnderstood(name, direction, why));
  }

  @Override
  public void unanswered(ConnectionName name) {
    others.forEach(other -> other.unanswered(name));
  }

  @Override
  public void alert(ConnectionName name, Direction direction, String alert) {
    others.forEach(other -> other.alert(name, direction, alert));
  }

  @Override
  public void notPossible(ConnectionName name, String why) {
    others.forEach(other -> other.notPossible(name, why));
  }

  @Override
  public void written(
      ConnectionName name, Direction direction, byte[] bytes, int from, int length) {
    for (ProxyListener other : others) {
      other.written(name, direction, bytes, from, length);
    }
  }

  @Override
  public void ended(ConnectionName name, Direction direction) {
    others.forEach(other -> other.ended(name, direction));
  }

  @Override
  public void cut(ConnectionName name) {
    others.forEach(other -> other.cut(name));
  }

  @Override
  public void closed(ConnectionName name) {
    flush();
    others.forEach(other -> other.closed(name));
  }
}
