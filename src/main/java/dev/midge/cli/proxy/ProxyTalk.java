package dev.midge.cli.proxy;

import static dev.midge.text.TerminalEscapes.forLog;

import dev.midge.cli.console.Terminal;
import dev.midge.cli.failure.UnreachedBroker;
import dev.midge.fault.Direction;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.ProxyListener;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Tells on standard error what happens beside packets, with the time before each line. */
final class ProxyTalk implements ProxyListener {
  private final PrintStream err;
  private final Terminal terminal;
  private final WallTime time;
  private final boolean hasCertificate;
  private final Consumer<String> kept;

  /**
   * @param hasCertificate whether brokers are shown a certificate
   * @param kept takes each line without its time
   */
  ProxyTalk(
      PrintStream err,
      Terminal terminal,
      WallTime time,
      boolean hasCertificate,
      Consumer<String> kept) {
    this.err = err;
    this.terminal = terminal;
    this.time = time;
    this.hasCertificate = hasCertificate;
    this.kept = kept;
  }

  void line(String text) {
    kept.accept(text);
    err.println(time.now() + ' ' + text);
  }

  private void line(Terminal.Shade shade, String text) {
    kept.accept(text);
    err.println(terminal.paint(shade, time.now() + ' ' + text));
  }

  void fault(FaultEvent event) {
    line(Terminal.Shade.WILL, forLog(event.line()));
  }

  @Override
  public void accepted(ConnectionName name, InetSocketAddress client) {
    line("Connection " + name.number() + " from " + name.address());
  }

  @Override
  public void reached(ConnectionName name, String broker) {
    line("Connection " + name.number() + " goes to " + forLog(broker));
  }

  @Override
  public void unreachable(ConnectionName name, String broker, Exception why) {
    line(
        Terminal.Shade.BAD,
        "Error: connection "
            + name.number()
            + ": "
            + forLog(broker)
            + " cannot be reached: "
            + forLog(UnreachedBroker.phrase(why)));
  }

  @Override
  public void unreached(ConnectionName name) {
    line(
        Terminal.Shade.BAD,
        "Error: connection " + name.number() + ": no broker can be reached, so it is reset");
  }

  @Override
  public void notUnderstood(ConnectionName name, Direction direction, String why) {
    line(
        Terminal.Shade.CAUTION,
        "Connection "
            + name.number()
            + (direction == Direction.OUT ? ", from the client: " : ", from the broker: ")
            + forLog(why)
            + "; forwarded as it is");
  }

  @Override
  public void unanswered(ConnectionName name) {
    line(
        Terminal.Shade.CAUTION,
        "Connection "
            + name.number()
            + " of "
            + who(name)
            + ": the broker hung up before CONNACK, as ports do that want TLS (mqtts://) or WebSocket"
            + " (ws://)");
  }

  @Override
  public void alert(ConnectionName name, Direction direction, String alert) {
    boolean client = direction == Direction.OUT;
    line(
        Terminal.Shade.BAD,
        "Connection "
            + name.number()
            + (client ? ", from the client: " : ", from the broker: ")
            + forLog(client ? "TLS alert " + alert : UnreachedBroker.alert(alert, hasCertificate)));
  }

  @Override
  public void notPossible(ConnectionName name, String why) {
    line(Terminal.Shade.CAUTION, "Connection " + name.number() + " of " + who(name) + ": " + why);
  }

  @Override
  public void ended(ConnectionName name, Direction direction) {
    line(
        "Connection "
            + name.number()
            + " of "
            + who(name)
            + (direction == Direction.OUT ? " -> TCP FIN" : " <- TCP FIN"));
  }

  @Override
  public void cut(ConnectionName name) {
    line(Terminal.Shade.BAD, "Connection " + name.number() + " of " + who(name) + " <-> TCP RST");
  }

  private static String who(ConnectionName name) {
    return forLog(name.text());
  }
}
