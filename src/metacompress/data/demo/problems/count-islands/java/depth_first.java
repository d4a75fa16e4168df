import java.util.Scanner;

class Main {
    private static boolean visit(int[][] grid, int i, int j) {
        boolean outside = i < 0 || j < 0 || i >= grid.length || j >= grid[i].length;
        if (outside || grid[i][j] != 1) {
            return false;
        }
        grid[i][j] = -1;
        visit(grid, i + 1, j);
        visit(grid, i, j + 1);
        visit(grid, i - 1, j);
        visit(grid, i, j - 1);
        return true;
    }

    static int countIslands(int[][] grid) {
        int count = 0;
        for (int i = 0; i < grid.length; i++) {
            for (int j = 0; j < grid[i].length; j++) {
                if (visit(grid, i, j)) {
                    count++;
                }
            }
        }
        return count;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[][] grid = new int[in.nextInt()][in.nextInt()];
        for (int[] row : grid) {
            for (int j = 0; j < row.length; j++) {
                row[j] = in.nextInt();
            }
        }
        System.out.println(countIslands(grid));
    }
}
