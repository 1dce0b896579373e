package dev.midge.broker.embedded;

/**
 * A broker in any program or test, without a test library.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.create().start()) {
 *   Device device = new Device(broker.uri());
 *   broker.awaitConnected("dev-1", Duration.ofSeconds(2));
 *   broker.kick("dev-1", Effect.RESET);
 *   assertEquals("offline", broker.messages("status/dev-1").awaitOne(Duration.ofSeconds(2)).text());
 * }
 * }</pre>
 */
public final class EmbeddedBroker extends TestBroker<EmbeddedBroker> {
  private EmbeddedBroker() {}

  /** Makes one that has not started; it would listen on a free port, for everybody. */
  public static EmbeddedBroker create() {
    return new EmbeddedBroker();
  }

  @Override
  protected EmbeddedBroker self() {
    return this;
  }
}
