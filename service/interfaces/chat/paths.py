"""Where the doors of chat applications are; known without loading what stands behind them."""

MCP_PATH = "/mcp"
SLACK_PATH = "/slack"
TEAMS_PATH = "/teams"
