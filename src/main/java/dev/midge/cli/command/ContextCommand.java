package dev.midge.cli.command;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.context.ContextTool;
import dev.midge.cli.parse.OptionTable;

/** {@code midge context}: keeps named sets of connection options. */
final class ContextCommand implements Command {
  private final ProcessContext context;
  private final ContextTool tool;

  ContextCommand(ProcessContext context) {
    this.context = context;
    this.tool = new ContextTool(context);
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Keep named sets of connection options, for --context of pub, sub, rr, conn and lwt.");
    tool.addTo(table);
    return table;
  }

  @Override
  public boolean isJson() {
    return tool.isJson();
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(context);
  }

  @Override
  public int run(StandardOutput out) {
    return tool.run();
  }
}
