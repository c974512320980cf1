import styled from "@emotion/styled";
import {
  Alert,
  AppBar,
  Button,
  Card,
  CardContent,
  Checkbox,
  Chip,
  FormControlLabel,
  LinearProgress,
  Slider,
  Stack,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  TextField,
  Toolbar,
  Typography,
} from "@mui/material";
import { useState } from "react";
import { createRoot } from "react-dom/client";

const Note = styled.p<{ urgent: boolean }>`
  padding: 8px;
  border-left: 4px solid ${({ urgent }) => (urgent ? "crimson" : "seagreen")};
`;

const rows = [
  ["Rent", "Monthly", 1200],
  ["Power", "Monthly", 80],
  ["Insurance", "Yearly", 340],
] as const;

function App() {
  const [title, setTitle] = useState("");
  const [items, setItems] = useState<string[]>([]);
  const [urgent, setUrgent] = useState(false);
  return (
    <>
      <AppBar position="static">
        <Toolbar>
          <Typography variant="h6">Budget</Typography>
        </Toolbar>
      </AppBar>
      <Stack spacing={2} sx={{ m: 3, maxWidth: 640 }}>
        <Card>
          <CardContent>
            <Stack spacing={2}>
              <TextField
                name="title"
                label="Title"
                value={title}
                onChange={(event) => setTitle(event.target.value)}
              />
              <TextField name="notes" label="Notes" multiline rows={2} defaultValue="Nothing yet" />
              <FormControlLabel
                label="Urgent"
                control={<Checkbox checked={urgent} onChange={(event) => setUrgent(event.target.checked)} />}
              />
              <FormControlLabel label="Shared" control={<Switch defaultChecked />} />
              <Slider defaultValue={30} aria-label="Share" />
              <Button id="add" variant="contained" onClick={() => setItems([...items, title || "Untitled"])}>
                Add
              </Button>
              <Typography id="count">{items.length === 1 ? "1 item" : `${items.length} items`}</Typography>
              <Stack direction="row" spacing={1}>
                {items.map((item, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: items are only ever appended
                  <Chip key={index} label={item} />
                ))}
              </Stack>
            </Stack>
          </CardContent>
        </Card>
        <Note urgent={urgent}>{urgent ? "Do it today" : "No hurry"}</Note>
        <Alert severity="info">Prices are in euro.</Alert>
        <LinearProgress variant="determinate" value={45} />
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>What</TableCell>
              <TableCell>When</TableCell>
              <TableCell align="right">Amount</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(([what, when, amount]) => (
              <TableRow key={what}>
                <TableCell>{what}</TableCell>
                <TableCell>{when}</TableCell>
                <TableCell align="right">{amount}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Stack>
    </>
  );
}

const root = document.getElementById("app");
if (root) createRoot(root).render(<App />);
