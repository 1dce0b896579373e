package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.broker.PasswordTool;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.parse.OptionTable;
import java.io.IOException;

/** {@code midge passwd}: changes a password file of a broker. */
final class PasswdCommand implements Command {
  private final ProcessContext context;
  private final PasswordTool tool;

  PasswdCommand(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.tool = new PasswordTool(context, compatibility);
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Add a user to a password file of the broker, change a password, or delete a user.");
    tool.addTo(table);
    return table;
  }

  @Override
  public String[] helpNames() {
    return new String[] {"-h", "--help"};
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(context);
  }

  @Override
  public int run(StandardOutput out) throws IOException {
    return tool.run();
  }
}
