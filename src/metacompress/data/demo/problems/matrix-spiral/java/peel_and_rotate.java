import java.io.*;
import java.util.*;

class Main
{
    /** Quarter turn against the clock: the last column becomes the first row. */
    static List<List<String>> rotate(List<List<String>> rows)
    {
        LinkedList<List<String>> turned = new LinkedList<>();
        int width = rows.isEmpty() ? 0 : rows.get(0).size();
        for (int x = 0; x < width; x++) {
            List<String> column = new ArrayList<>();
            for (List<String> row : rows)
                column.add(row.get(x));
            turned.addFirst(column);
        }
        return turned;
    }

    static List<String> unrollSpiral(List<List<String>> rows)
    {
        if (rows.isEmpty())
            return List.of();
        List<String> path = new ArrayList<>(rows.get(0));
        path.addAll(unrollSpiral(rotate(rows.subList(1, rows.size()))));
        return path;
    }

    public static void main(String[] args) throws IOException
    {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        int height = Integer.parseInt(in.readLine().trim().split(" ")[0]);
        List<List<String>> rows = new ArrayList<>();
        while (rows.size() < height)
            rows.add(Arrays.asList(in.readLine().trim().split(" +")));
        System.out.println(String.join(" ", unrollSpiral(rows)));
    }
}
