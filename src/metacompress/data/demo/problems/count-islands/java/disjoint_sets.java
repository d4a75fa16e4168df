import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;

class Main
{
    private final int[] root;
    private int sets = 0;

    Main(int size)
    {
        root = new int[size];
        java.util.Arrays.fill(root, -1);
    }

    void add(int cell)
    {
        root[cell] = cell;
        sets++;
    }

    int find(int cell)
    {
        if (root[cell] != cell)
            root[cell] = find(root[cell]);
        return root[cell];
    }

    void union(int a, int b)
    {
        if (root[a] < 0 || root[b] < 0 || find(a) == find(b))
            return;
        root[find(b)] = find(a);
        sets--;
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer in = new StreamTokenizer(new InputStreamReader(System.in));
        in.nextToken();
        int r = (int) in.nval;
        in.nextToken();
        int c = (int) in.nval;
        Main islands = new Main(r * c);
        for (int cell = 0; cell < r * c; cell++) {
            in.nextToken();
            if (in.nval == 0)
                continue;
            islands.add(cell);
            if (cell >= c)
                islands.union(cell - c, cell);
            if (cell % c != 0)
                islands.union(cell - 1, cell);
        }
        System.out.println(islands.sets);
    }
}
