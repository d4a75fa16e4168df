import java.io.*;
import java.util.TreeSet;

class Main
{
    static int nearest(TreeSet<Integer> values, int point)
    {
        Integer floor = values.floor(point);
        Integer ceiling = values.ceiling(point);
        if (floor == null && ceiling == null)
            return 0;
        if (floor == null)
            return ceiling;
        if (ceiling == null)
            return floor;
        return point - floor <= ceiling - point ? floor : ceiling;
    }

    public static void main(String[] args) throws IOException
    {
        StreamTokenizer in = new StreamTokenizer(new InputStreamReader(System.in));
        TreeSet<Integer> values = new TreeSet<>();
        in.nextToken();
        for (int left = (int) in.nval; left > 0; left--) {
            in.nextToken();
            values.add((int) in.nval);
        }
        in.nextToken();
        System.out.println(nearest(values, (int) in.nval));
    }
}
