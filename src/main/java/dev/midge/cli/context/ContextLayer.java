package dev.midge.cli.context;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.BrokerOptions;
import dev.midge.cli.options.ConnectOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The context of one run among the other sources of options. From the weakest to the strongest
 * these are: the option file, the default context, that of {@code MIDGE_CONTEXT}, the other
 * variables, that of {@code --context}, the command line. Of two sources that both name a broker
 * the stronger one counts alone, so that no password goes to a broker that it was not given for.
 */
public final class ContextLayer {
  private static final String VARIABLE = "MIDGE_CONTEXT";

  private final ProcessContext process;
  private final ContextsText text;
  private final NamedContext context;
  private final boolean named;
  private final boolean brokerInEnvironment;
  private boolean hasPassword;
  private int passwords;
  private String wire = "";

  private ContextLayer(
      ProcessContext process,
      ContextsText text,
      NamedContext context,
      boolean named,
      boolean brokerInEnvironment) {
    this.process = process;
    this.text = text;
    this.context = context;
    this.named = named;
    this.brokerInEnvironment = brokerInEnvironment;
  }

  /**
   * Returns the context that counts.
   *
   * @param named by {@code --context}, and empty where that wants none; null without it
   * @param brokerOnLine whether the line names a broker, which puts other contexts aside
   * @param takesDefault whether the default context counts for the command
   * @param quiet whether there are no warnings
   * @return null where none counts
   * @throws UsageException where there is none of that name, or the file is no good
   */
  public static @Nullable ContextLayer of(
      ProcessContext process,
      @Nullable String named,
      boolean brokerOnLine,
      boolean takesDefault,
      boolean quiet) {
    String variable = process.environment().getOrDefault(VARIABLE, "");
    if (named == null ? brokerOnLine : named.isEmpty()) {
      return null;
    }
    boolean brokerInEnvironment =
        new ContextOptions(new ConnectOptions(process), process.environment())
            .isBrokerInEnvironment();
    boolean isDefault = named == null && variable.isEmpty();
    if (isDefault && (brokerInEnvironment || !takesDefault)) {
      return null;
    }
    ContextsFile file = ContextsFile.of(process.environment());
    ContextsText text = file.read();
    String name = named != null ? named : isDefault ? text.current() : variable;
    if (name == null) {
      return null;
    }
    NamedContext context = context(text, name, named == null && !isDefault);
    String warning = quiet ? null : file.warning();
    if (warning != null) {
      process.err().println(warning);
    }
    return new ContextLayer(process, text, context, named != null, brokerInEnvironment);
  }

  private static NamedContext context(ContextsText text, String name, boolean isOfVariable) {
    try {
      return text.context(name);
    } catch (UsageException e) {
      throw isOfVariable ? new UsageException(e.inFull() + " (" + VARIABLE + ")") : e;
    }
  }

  /** Returns the lines of an option file that count beside the context. */
  public List<String[]> left(List<String[]> lines) {
    return new ContextOptions(new ConnectOptions(process), process.environment()).left(lines);
  }

  /**
   * Tells the connection what the context and the environment say, in their turn.
   *
   * @param environment hands over its options
   * @throws UsageException for a line of the context that cannot be
   */
  public void apply(ConnectOptions connect, Runnable environment) {
    if (named && !brokerInEnvironment) {
      environment.run();
    }
    connect.overrule();
    int before = connect.passwordsGiven();
    new ContextOptions(connect, process.environment()).apply(text, context);
    passwords = connect.passwordsGiven();
    hasPassword = passwords > before;
    wire = connect.wire();
    if (!named) {
      connect.overrule();
      environment.run();
    }
    connect.overrule();
  }

  /**
   * Checks that the password of the context goes nowhere else.
   *
   * @param connect has heard the line too
   * @throws UsageException where it would
   */
  public void check(ConnectOptions connect) {
    boolean counts = hasPassword && connect.passwordsGiven() == passwords;
    if (counts && !BrokerOptions.isAsPrivate(wire, connect.wire())) {
      throw new UsageException(
          "Error: The password of the context '"
              + context.name()
              + "' is for "
              + wire
              + " and is not sent to "
              + connect.wire()
              + ": give another (-P, --pw-file), or do without the context.");
    }
  }
}
